module "edge_security" {
  source = "../../modules/security-group"

  name        = "${var.name}-load-balancer"
  description = "Load balancer of ${var.name}"
  vpc_id      = module.vpc.vpc_id
  ingress_cidrs = {
    for port in var.domain_name == "" ? [80] : [80, 443] :
    "internet-${port}" => { cidr = "0.0.0.0/0", port = port, description = "Users" }
  }
  servers = {
    pods = {
      security_group_id = module.eks.node_security_group_id
      port              = 8080
      description       = "Load balancer to pods"
    }
  }
}

module "alb" {
  source = "../../modules/alb"

  name                  = var.name
  account_id            = var.account_id
  vpc_id                = module.vpc.vpc_id
  subnet_ids            = module.vpc.public_subnet_ids
  security_group_id     = module.edge_security.id
  logs_bucket_name      = module.logs_bucket.name
  logs_bucket_arn       = module.logs_bucket.arn
  logs_bucket_policy_id = module.logs_bucket.policy_id
  target_port           = 8080
  health_check_path     = "/healthz"
}

module "waf" {
  source = "../../modules/waf"
  count  = var.web_firewall ? 1 : 0

  name              = var.name
  load_balancer_arn = module.alb.arn
  request_limit     = var.request_limit
}

module "audit_trail" {
  source = "../../modules/audit-trail"
  count  = var.audit_trail ? 1 : 0

  name                = var.name
  account_id          = var.account_id
  region              = var.region
  bucket_name         = module.logs_bucket.name
  bucket_arn          = module.logs_bucket.arn
  bucket_policy_id    = module.logs_bucket.policy_id
  watched_bucket_arns = [module.backups_bucket.arn]
}
