# The way in: load balancer, firewall before it, CloudFront before both, and the records that lead there. With CloudFront
# the site's name leads to it, and `origin.` before that name to the load balancers, so that a failover moves the origin
# and leaves CloudFront as it is.
locals {
  has_cdn     = var.cdn != "none"
  has_routing = var.domain != null && var.routing != null
  origin_name = var.domain == null ? null : local.has_cdn ? "origin.${var.domain.name}" : var.domain.name
  ranges      = length(var.allowed_cidrs) == 0 ? { internet = "0.0.0.0/0" } : { for index, cidr in var.allowed_cidrs : tostring(index + 1) => cidr }
  ports       = var.domain == null ? [80] : [80, 443]
}

module "security" {
  source = "../security-group"

  name        = "${var.name}-load-balancer"
  description = "Load balancer of ${var.name}"
  vpc_id      = var.vpc_id
  tags        = var.tags

  ingress_cidrs = merge([
    for from, cidr in local.ranges : {
      for port in local.ports : "from-${from}-${port}" => { cidr = cidr, port = port, description = "Users" }
    }
  ]...)

  servers = {
    pods = {
      security_group_id = var.node_security_group_id
      port              = var.target_port
      description       = "Load balancer to pods"
    }
  }
}

module "load_balancer" {
  source = "../alb"

  name                  = var.name
  account_id            = var.account_id
  vpc_id                = var.vpc_id
  subnet_ids            = var.subnet_ids
  security_group_id     = module.security.id
  logs_bucket_name      = var.logs_bucket_name
  logs_bucket_arn       = var.logs_bucket_arn
  logs_bucket_policy_id = var.logs_bucket_policy_id
  target_port           = var.target_port
  health_check_path     = var.health_check_path
  tags                  = var.tags

  domain = var.domain == null ? null : {
    name           = local.origin_name
    hosted_zone_id = var.domain.hosted_zone_id
    other_names    = local.has_cdn ? [var.domain.name] : []
    has_record     = !local.has_routing
  }
}

module "firewall" {
  source = "../waf"
  count  = var.request_limit == null ? 0 : 1

  name              = var.name
  load_balancer_arn = module.load_balancer.arn
  request_limit     = var.request_limit
  tags              = var.tags
}

module "routing" {
  source = "../routed-record"
  count  = local.has_routing ? 1 : 0

  name              = local.origin_name
  hosted_zone_id    = var.domain.hosted_zone_id
  set_identifier    = var.region
  routing           = var.routing
  load_balancer     = { dns_name = module.load_balancer.dns_name, zone_id = module.load_balancer.zone_id }
  health_check_path = var.health_check_path
  tags              = var.tags
}

module "cdn_logs_bucket" {
  source = "../s3-bucket"
  count  = var.cdn == "own" ? 1 : 0

  name_prefix          = "${substr(var.name, 0, 27)}-cdn-logs-"
  account_id           = var.account_id
  expire_after_days    = var.log_retention_days
  accepts_access_lists = true
  tags                 = merge(var.tags, var.data_tags)
}

module "cdn" {
  source = "../cloudfront"
  count  = var.cdn == "own" ? 1 : 0

  name                    = var.name
  origin_name             = coalesce(local.origin_name, module.load_balancer.dns_name)
  origin_tls              = var.domain != null
  origin_shield_region    = var.origin_shield ? var.region : null
  domain                  = var.domain
  logs_bucket_domain_name = module.cdn_logs_bucket[0].domain_name
  tags                    = var.tags
}

resource "terraform_data" "rules" {
  lifecycle {
    precondition {
      condition     = var.cdn != "own" || var.domain == null || var.region == "us-east-1"
      error_message = "CloudFront takes certificates of us-east-1 only, and this environment is in ${var.region}: choose us-east-1, switch cdn off, or leave domain_name and hosted_zone_id empty."
    }
  }
}
