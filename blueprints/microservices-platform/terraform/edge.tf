module "edge_security" {
  source = "../../modules/security-group"

  name        = "${var.name}-load-balancer"
  description = "Load balancer of ${var.name}"
  vpc_id      = module.vpc.vpc_id

  ingress_cidrs = {
    for port in local.domain == null ? [80] : [80, 443] :
    "from-internet-${port}" => { cidr = "0.0.0.0/0", port = port, description = "Users" }
  }
}

# The load balancer connects to the nodes, whose group is the cluster's.
resource "aws_vpc_security_group_egress_rule" "edge_to_frontend" {
  security_group_id            = module.edge_security.id
  referenced_security_group_id = module.eks.node_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = local.frontend_port
  to_port                      = local.frontend_port
  description                  = "Load balancer to front-end pods"
}

resource "aws_vpc_security_group_ingress_rule" "edge_to_frontend" {
  security_group_id            = module.eks.node_security_group_id
  referenced_security_group_id = module.edge_security.id
  ip_protocol                  = "tcp"
  from_port                    = local.frontend_port
  to_port                      = local.frontend_port
  description                  = "Load balancer to front-end pods"
}

module "edge" {
  source = "../../modules/alb"

  name                  = var.name
  account_id            = var.account_id
  vpc_id                = module.vpc.vpc_id
  subnet_ids            = module.vpc.public_subnet_ids
  security_group_id     = module.edge_security.id
  logs_bucket_name      = module.logs_bucket.name
  logs_bucket_arn       = module.logs_bucket.arn
  logs_bucket_policy_id = module.logs_bucket.policy_id
  target_port           = local.frontend_port
  health_check_path     = "/healthz"
  domain                = local.domain
}
