module "monitoring" {
  source = "../../modules/monitoring"

  name        = var.name
  account_id  = var.account_id
  region      = var.region
  kms_key_arn = module.operations_key.arn
  email       = var.alarm_email

  cluster = var.container_insights ? {
    name          = var.name
    node_min_size = var.node_min_size + var.spot_min_size
    node_max_size = var.node_max_size + var.spot_max_size
  } : null

  edge = {
    load_balancer = module.entry.full_name
    target_group  = module.entry.target_group_full_name
    percentile    = 95
    milliseconds  = 100
    document      = "document 001"
  }

  aurora = {
    identifier    = module.database.identifier
    instances     = var.db_instances
    is_serverless = true
    is_global     = local.is_standby
  }

  cache = { node_ids = module.cache.node_ids }
  queue = { name = module.work.queue_name, dead_letters_name = module.work.dead_letters_name }

  backup_vault = var.backup_vault == "" ? null : var.backup_vault

  # What the document's table of targets measures (rows 001-44 to 001-46), and what waits.
  graphs = [
    {
      title     = "Latency (target: P95 100 ms, P99 200 ms)"
      namespace = "AWS/ApplicationELB"
      lines = [
        for statistic in ["p95", "p99"] :
        { metric = "TargetResponseTime", dimensions = { LoadBalancer = module.entry.full_name }, statistic = statistic }
      ]
    },
    {
      title     = "Requests and errors"
      namespace = "AWS/ApplicationELB"
      lines = [
        for metric in ["RequestCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"] :
        { metric = metric, dimensions = { LoadBalancer = module.entry.full_name }, statistic = "Sum" }
      ]
    },
    {
      title     = "Database: capacity (ACU) and connections"
      namespace = "AWS/RDS"
      lines = [
        { metric = "ServerlessDatabaseCapacity", dimensions = { DBClusterIdentifier = module.database.identifier }, statistic = "Average" },
        { metric = "DatabaseConnections", dimensions = { DBClusterIdentifier = module.database.identifier }, statistic = "Maximum" },
      ]
    },
    {
      title     = "Cache: hit ratio"
      namespace = "AWS/ElastiCache"
      lines     = [for id in module.cache.node_ids : { metric = "CacheHitRate", dimensions = { CacheClusterId = id }, statistic = "Average" }]
    },
    {
      title     = "Work: waiting and put aside"
      namespace = "AWS/SQS"
      lines = [
        for queue in [module.work.queue_name, module.work.dead_letters_name] :
        { metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = queue }, statistic = "Maximum" }
      ]
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
