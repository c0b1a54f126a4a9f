module "monitoring" {
  source = "../../modules/monitoring"

  name        = var.name
  account_id  = var.account_id
  region      = var.region
  kms_key_arn = module.operations_key.arn
  email       = var.alarm_email

  edge = {
    load_balancer = module.edge.full_name
    target_group  = module.edge.target_group_full_name
    percentile    = 95
    milliseconds  = 200
    document      = "document 004"
  }

  postgres = {
    identifier          = module.database.identifier
    replica_identifiers = module.database.replica_identifiers
    storage_gb          = var.db_storage_gb
    max_connections     = var.db_max_connections
  }

  cluster = var.container_insights ? {
    name          = var.name
    node_min_size = var.node_min_size
    node_max_size = var.node_max_size
  } : null
}

module "audit_trail" {
  source = "../../modules/audit-trail"

  enabled             = var.audit_trail
  name                = var.name
  account_id          = var.account_id
  region              = var.region
  bucket_name         = module.logs_bucket.name
  bucket_arn          = module.logs_bucket.arn
  bucket_policy_id    = module.logs_bucket.policy_id
  watched_bucket_arns = [for kind in ["assets", "uploads"] : module.bucket[kind].arn]
}
