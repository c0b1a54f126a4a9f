module "vpc" {
  source = "../../modules/vpc"

  name               = var.name
  region             = var.region
  account_id         = var.account_id
  cidr               = var.cidr
  availability_zones = var.availability_zones
  nat_gateways       = var.nat_gateways
  cluster_name       = var.name
  flow_logs          = var.flow_logs
  log_retention_days = var.log_retention_days
  logs_kms_key_arn   = module.operations_key.arn
}

module "eks" {
  source = "../../modules/eks"

  name                = var.name
  kubernetes_version  = var.kubernetes_version
  account_id          = var.account_id
  vpc_id              = module.vpc.vpc_id
  subnet_ids          = module.vpc.private_subnet_ids
  public_access_cidrs = var.api_public_access_cidrs
  secrets_kms_key_arn = module.cluster_key.arn
  logs_kms_key_arn    = module.operations_key.arn
  log_retention_days  = var.log_retention_days
  # Where the control plane reaches Istio's sidecar injector.
  webhook_ports = [15017]
}

# Nodes that may be taken back come second; pods that mind can refuse them.
module "nodes" {
  source = "../../modules/node-group"
  for_each = {
    on-demand = {
      capacity_type  = "ON_DEMAND"
      instance_types = var.node_instance_types
      min_size       = var.node_min_size
      desired_size   = var.node_desired_size
      max_size       = var.node_max_size
      taints         = []
    }
    spot = {
      capacity_type  = "SPOT"
      instance_types = var.spot_instance_types
      min_size       = var.spot_min_size
      desired_size   = var.spot_desired_size
      max_size       = var.spot_max_size
      taints         = [{ key = "slipway.io/spot", value = "true", effect = "PREFER_NO_SCHEDULE" }]
    }
  }

  name              = each.key
  cluster_name      = module.eks.ready_name
  subnet_ids        = module.vpc.private_egress_subnet_ids
  security_group_id = module.eks.node_security_group_id
  instance_types    = each.value.instance_types
  capacity_type     = each.value.capacity_type
  min_size          = each.value.min_size
  desired_size      = each.value.desired_size
  max_size          = each.value.max_size
  taints            = each.value.taints
  volume_gb         = var.node_volume_gb
  metadata_for_pods = var.container_insights
  instance_tags     = var.tags
}

module "addons" {
  source = "../../modules/eks-addons"

  cluster_name       = module.eks.name
  node_group_ids     = [for group in module.nodes : group.id]
  oidc_provider_arn  = module.eks.oidc_provider_arn
  oidc_issuer        = module.eks.oidc_issuer
  container_insights = var.container_insights
}
