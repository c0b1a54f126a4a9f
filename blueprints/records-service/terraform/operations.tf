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
    percentile    = 95
    milliseconds  = 500
    document      = "document 002"
  }

  postgres = {
    identifier          = module.database.identifier
    replica_identifiers = module.database.replica_identifiers
    storage_gb          = var.db_storage_gb
    max_connections     = var.db_max_connections
  }

  cache = { node_ids = module.cache.node_ids }
  kafka = { name = module.kafka.name, brokers = var.kafka_brokers }

  backup_vault = var.backup_vault == "" ? null : var.backup_vault

  graphs = [
    {
      title     = "Response time (target: 500 ms)"
      namespace = "AWS/ApplicationELB"
      lines     = [{ metric = "TargetResponseTime", dimensions = { LoadBalancer = module.entry.full_name }, statistic = "p95" }, { metric = "TargetResponseTime", dimensions = { LoadBalancer = module.entry.full_name }, statistic = "p99" }]
    },
    {
      title     = "Database: input and output"
      namespace = "AWS/RDS"
      lines     = flatten([for id in concat([module.database.identifier], module.database.replica_identifiers) : [for metric in ["ReadIOPS", "WriteIOPS"] : { metric = metric, dimensions = { DBInstanceIdentifier = id }, statistic = "Average" }]])
    },
    {
      title     = "Cache: hit ratio"
      namespace = "AWS/ElastiCache"
      lines     = [for id in module.cache.node_ids : { metric = "CacheHitRate", dimensions = { CacheClusterId = id }, statistic = "Average" }]
    },
    {
      title     = "Kafka: messages in"
      namespace = "AWS/Kafka"
      lines     = [{ metric = "MessagesInPerSec", dimensions = { "Cluster Name" = module.kafka.name }, statistic = "Sum" }]
    },
    {
      title     = "Business: records read and written"
      namespace = "Records"
      lines     = [{ metric = "RecordsRead", dimensions = { Environment = var.name }, statistic = "Sum" }, { metric = "RecordsWritten", dimensions = { Environment = var.name }, statistic = "Sum" }]
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
  tag            = { key = "slipway:backup", value = var.name }
}
