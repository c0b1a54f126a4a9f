# In the version that EKS has as default for the cluster's Kubernetes.
data "aws_partition" "current" {}

locals {
  aws_policies = "arn:${data.aws_partition.current.partition}:iam::aws:policy"
}

resource "aws_eks_addon" "coredns" {
  cluster_name                = var.cluster_name
  addon_name                  = "coredns"
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
  tags                        = var.tags

  depends_on = [var.node_group_ids]
}

module "ebs_csi_role" {
  source = "../irsa-role"

  name                = "${var.cluster_name}-ebs-csi"
  description         = "Persistent volumes of ${var.cluster_name}"
  oidc_provider_arn   = var.oidc_provider_arn
  oidc_issuer         = var.oidc_issuer
  namespace           = "kube-system"
  service_account     = "ebs-csi-controller-sa"
  managed_policy_arns = ["${local.aws_policies}/service-role/AmazonEBSCSIDriverPolicy"]
  tags                = var.tags
}

resource "aws_eks_addon" "ebs_csi" {
  cluster_name                = var.cluster_name
  addon_name                  = "aws-ebs-csi-driver"
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
  service_account_role_arn    = module.ebs_csi_role.arn
  configuration_values        = length(var.volume_tags) == 0 ? null : jsonencode({ controller = { extraVolumeTags = var.volume_tags } })
  tags                        = var.tags

  depends_on = [var.node_group_ids]
}

module "cloudwatch_role" {
  source = "../irsa-role"
  count  = var.container_insights ? 1 : 0

  name                = "${var.cluster_name}-cloudwatch"
  description         = "Node and pod metrics of ${var.cluster_name}"
  oidc_provider_arn   = var.oidc_provider_arn
  oidc_issuer         = var.oidc_issuer
  namespace           = "amazon-cloudwatch"
  service_account     = "cloudwatch-agent"
  managed_policy_arns = ["${local.aws_policies}/CloudWatchAgentServerPolicy"]
  tags                = var.tags
}

resource "aws_eks_addon" "cloudwatch" {
  count = var.container_insights ? 1 : 0

  cluster_name                = var.cluster_name
  addon_name                  = "amazon-cloudwatch-observability"
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
  service_account_role_arn    = module.cloudwatch_role[0].arn
  tags                        = var.tags

  depends_on = [var.node_group_ids]
}
