module "logs_bucket" {
  source = "../../modules/s3-bucket"

  name_prefix       = "${substr(var.name, 0, 31)}-logs-"
  account_id        = var.account_id
  expire_after_days = var.log_retention_days
  policy_documents  = concat([module.entry.logs_policy], var.audit_trail ? [module.audit_trail.bucket_policy] : [])
  tags              = local.keeper_tags
  access_log_sources = {
    backups = { bucket_arn = module.backups_bucket.arn, prefix = "backups-access/" }
  }
}

module "backups_bucket" {
  source = "../../modules/s3-bucket"

  name        = "${var.name}-backups-${var.account_id}-${var.region}"
  account_id  = var.account_id
  kms_key_arn = module.data_key.arn
  transitions = [{ storage_class = "STANDARD_IA", after_days = 30 }]
  access_logs = { bucket = module.logs_bucket.name, prefix = "backups-access/" }
  tags        = local.keeper_tags
}

module "replication" {
  source = "../../modules/s3-replication"
  count  = local.copies_to == null ? 0 : 1

  name = var.name
  buckets = {
    backups = {
      name        = module.backups_bucket.name
      target_name = "${local.copies_to}-backups-${var.account_id}-${var.partner_region}"
    }
  }
  account_id       = var.account_id
  target_region    = var.partner_region
  kms_key_arn      = module.data_key.arn
  target_key_alias = "${local.copies_to}/data"

  depends_on = [module.backups_bucket]
}
