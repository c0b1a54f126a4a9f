# The document's three buckets (row 002-15) and where their objects go. S3 moves nothing to Standard-IA before it is 30
# days old. Their names are AWS's: `company-backups` can belong to one account of the world only.
locals {
  record_buckets = {
    backups  = { storage_class = "STANDARD_IA", after_days = 30 }
    logs     = { storage_class = "INTELLIGENT_TIERING", after_days = 0 }
    archives = { storage_class = "GLACIER", after_days = 0 }
  }
}

module "record_buckets" {
  source   = "../../modules/s3-bucket"
  for_each = local.record_buckets

  name_prefix = "${substr(var.name, 0, 27)}-${each.key}-"
  account_id  = var.account_id
  kms_key_arn = module.data_key.arn
  transitions = [each.value]
  access_logs = { bucket = module.logs_bucket.name, prefix = "${each.key}-access/" }
  tags        = local.keeper_tags
}

module "logs_bucket" {
  source = "../../modules/s3-bucket"

  name_prefix       = "${substr(var.name, 0, 31)}-logs-"
  account_id        = var.account_id
  expire_after_days = var.log_retention_days
  policy_documents  = concat([module.entry.logs_policy], var.audit_trail ? [module.audit_trail.bucket_policy] : [])
  tags              = local.keeper_tags
  access_log_sources = {
    for kind, bucket in module.record_buckets : kind => { bucket_arn = bucket.arn, prefix = "${kind}-access/" }
  }
}
