# IPv4 ranges of Cloudflare, from https://www.cloudflare.com/ips-v4; unchanged since 2021.
locals {
  cloudflare_cidrs = [
    "173.245.48.0/20",
    "103.21.244.0/22",
    "103.22.200.0/22",
    "103.31.4.0/22",
    "141.101.64.0/18",
    "108.162.192.0/18",
    "190.93.240.0/20",
    "188.114.96.0/20",
    "197.234.240.0/22",
    "198.41.128.0/17",
    "162.158.0.0/15",
    "104.16.0.0/13",
    "104.24.0.0/14",
    "172.64.0.0/13",
    "131.0.72.0/22",
  ]
}

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
  health_check_path      = "/api/health"
  domain                 = local.domain
  allowed_cidrs          = var.only_cloudflare ? local.cloudflare_cidrs : []
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
  watched_bucket_arns = [module.logs_bucket.arn]
}
