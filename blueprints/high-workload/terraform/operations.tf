module "monitoring" {
  source = "../../modules/monitoring"

  name        = var.name
  account_id  = var.account_id
  region      = var.region
  kms_key_arn = module.operations_key.arn
  email       = var.alarm_email

  cluster = var.container_insights ? {
    name          = var.name
    node_min_size = var.node_min_size
    node_max_size = var.node_max_size
  } : null

  # The document asks for an alert on latency and names none; this is ours.
  edge = {
    load_balancer = module.entry.full_name
    target_group  = module.entry.target_group_full_name
    percentile    = 95
    milliseconds  = 500
    document      = "this blueprint"
  }

  postgres = {
    identifier          = module.database.identifier
    replica_identifiers = module.database.replica_identifiers
    storage_gb          = var.db_storage_gb
    max_connections     = var.db_max_connections
  }

  backup_vault = var.backup_vault == "" ? null : var.backup_vault

  graphs = [
    {
      title     = "Latency"
      namespace = "AWS/ApplicationELB"
      lines     = [{ metric = "TargetResponseTime", dimensions = { LoadBalancer = module.entry.full_name }, statistic = "p95" }]
    },
    {
      title     = "Answers"
      namespace = "AWS/ApplicationELB"
      lines = [
        for kind in ["2XX", "3XX", "4XX", "5XX"] :
        { metric = "HTTPCode_Target_${kind}_Count", dimensions = { LoadBalancer = module.entry.full_name }, statistic = "Sum" }
      ]
    },
    {
      title     = "Database: load, and how far replicas are behind"
      namespace = "AWS/RDS"
      lines = concat(
        [{ metric = "CPUUtilization", dimensions = { DBInstanceIdentifier = module.database.identifier }, statistic = "Average" }],
        [for identifier in module.database.replica_identifiers : { metric = "ReplicaLag", dimensions = { DBInstanceIdentifier = identifier }, statistic = "Maximum" }],
      )
    },
  ]
}

module "backup" {
  source = "../../modules/backup"
  count  = var.backup_vault == "" ? 0 : 1

  name           = var.name
  account_id     = var.account_id
  vault_name     = var.backup_vault
  copy_vault_arn = var.backup_copy_vault_arn == "" ? null : var.backup_copy_vault_arn
  keep_days      = var.backup_keep_days
  resource_arns = merge(
    { database = module.database.arn },
    length(module.table) == 0 ? {} : { table = module.table[0].arn },
  )
}
