locals {
  # The front end's containers run as non-root, so not on 80.
  frontend_port = 8080
  postgres_port = 5432
  domain        = var.domain_name == "" ? null : { name = var.domain_name, hosted_zone_id = var.hosted_zone_id }
  data_tags     = { "slipway:data-classification" = var.data_classification }
}

module "data_key" {
  source = "../../modules/kms-key"

  alias       = "${var.name}/data"
  description = "Database, secrets, buckets and images of ${var.name}"
  account_id  = var.account_id
  region      = var.region
}

module "cluster_key" {
  source = "../../modules/kms-key"

  alias       = "${var.name}/cluster"
  description = "Kubernetes secrets of ${var.name}"
  account_id  = var.account_id
  region      = var.region
}

module "operations_key" {
  source = "../../modules/kms-key"

  alias            = "${var.name}/operations"
  description      = "Logs and alarms of ${var.name}"
  account_id       = var.account_id
  region           = var.region
  allow_logs       = true
  allowed_services = ["cloudwatch.amazonaws.com"]
}

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
}

module "node_group" {
  source = "../../modules/node-group"

  cluster_name      = module.eks.ready_name
  name              = "main"
  subnet_ids        = module.vpc.private_egress_subnet_ids
  security_group_id = module.eks.node_security_group_id
  instance_types    = var.node_instance_types
  capacity_type     = var.node_capacity_type
  min_size          = var.node_min_size
  desired_size      = var.node_desired_size
  max_size          = var.node_max_size
  volume_gb         = var.node_volume_gb
  metadata_for_pods = var.container_insights
  instance_tags     = var.tags
}

module "eks_addons" {
  source = "../../modules/eks-addons"

  cluster_name       = module.eks.name
  node_group_ids     = [module.node_group.id]
  oidc_provider_arn  = module.eks.oidc_provider_arn
  oidc_issuer        = module.eks.oidc_issuer
  container_insights = var.container_insights
}
