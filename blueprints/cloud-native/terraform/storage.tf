# Buckets whose objects S3 moves by their use (row 001-10), under names that the other region knows.
module "buckets" {
  source   = "../../modules/s3-bucket"
  for_each = toset(["storage", "backups"])

  name        = "${var.name}-${each.key}-${var.account_id}-${var.region}"
  account_id  = var.account_id
  kms_key_arn = module.data_key.arn
  transitions = [{ storage_class = "INTELLIGENT_TIERING", after_days = 0 }]
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
    for kind, bucket in module.buckets : kind => { bucket_arn = bucket.arn, prefix = "${kind}-access/" }
  }
}

module "replication" {
  source = "../../modules/s3-replication"
  count  = local.copies_to == null ? 0 : 1

  name = var.name
  buckets = {
    for kind, bucket in module.buckets : kind => {
      name        = bucket.name
      target_name = "${local.copies_to}-${kind}-${var.account_id}-${var.partner_region}"
    }
  }
  account_id       = var.account_id
  target_region    = var.partner_region
  kms_key_arn      = module.data_key.arn
  target_key_alias = "${local.copies_to}/data"

  depends_on = [module.buckets]
}
