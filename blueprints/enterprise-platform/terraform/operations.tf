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

  edge = {
    load_balancer = module.entry.full_name
    target_group  = module.entry.target_group_full_name
    percentile    = 99
    milliseconds  = 200
    document      = "document 003"
  }

  aurora = {
    identifier    = module.database.identifier
    instances     = var.db_instances
    is_serverless = false
    is_global     = false
  }

  cache = { node_ids = module.cache.node_ids }

  backup_vault = var.backup_vault == "" ? null : var.backup_vault

  graphs = [
    {
      title     = "Response time (target: P99 200 ms)"
      namespace = "AWS/ApplicationELB"
      lines     = [{ metric = "TargetResponseTime", dimensions = { LoadBalancer = module.entry.full_name }, statistic = "p99" }]
    },
    {
      title     = "Requests and errors"
      namespace = "AWS/ApplicationELB"
      lines     = [{ metric = "RequestCount", dimensions = { LoadBalancer = module.entry.full_name }, statistic = "Sum" }, { metric = "HTTPCode_Target_5XX_Count", dimensions = { LoadBalancer = module.entry.full_name }, statistic = "Sum" }]
    },
    {
      title     = "Database: load and connections"
      namespace = "AWS/RDS"
      lines     = [{ metric = "CPUUtilization", dimensions = { DBClusterIdentifier = module.database.identifier }, statistic = "Average" }, { metric = "DatabaseConnections", dimensions = { DBClusterIdentifier = module.database.identifier }, statistic = "Maximum" }]
    },
    {
      title     = "Cache: hit ratio (target: 95 %)"
      namespace = "AWS/ElastiCache"
      lines     = [for id in module.cache.node_ids : { metric = "CacheHitRate", dimensions = { CacheClusterId = id }, statistic = "Average" }]
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
  resource_arns  = { database = module.database.arn }
}

module "access_analyzer" {
  source = "../../modules/access-analyzer"
  count  = var.access_analyzer ? 1 : 0

  name = var.name
}
