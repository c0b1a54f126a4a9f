module "entry" {
  source = "../../modules/entry"

  name                   = var.name
  account_id             = var.account_id
  region                 = var.region
  vpc_id                 = module.vpc.vpc_id
  subnet_ids             = module.vpc.public_subnet_ids
  node_security_group_id = module.eks.node_security_group_id
  logs_bucket_name       = module.logs_bucket.name
  logs_bucket_arn        = module.logs_bucket.arn
  logs_bucket_policy_id  = module.logs_bucket.policy_id
  target_port            = 8080
  health_check_path      = "/healthz"
  domain                 = local.domain
  routing                = local.routing
  cdn                    = !var.cdn ? "none" : local.is_standby ? "elsewhere" : "own"
  request_limit          = var.web_firewall ? var.request_limit : null
  log_retention_days     = var.log_retention_days
  data_tags              = local.keeper_tags
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
  watched_bucket_arns = [module.backups_bucket.arn]
}
