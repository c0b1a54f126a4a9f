# The controller itself comes with the cluster's bootstrap; here is what it may do.
data "aws_iam_policy_document" "this" {
  statement {
    actions = [
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeInstances",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
    ]
    resources = ["*"]
  }

  statement {
    actions = [
      "elasticloadbalancing:RegisterTargets",
      "elasticloadbalancing:DeregisterTargets",
    ]
    resources = [var.target_group_arn]
  }
}

module "role" {
  source = "../irsa-role"

  name              = "${var.cluster_name}-alb"
  description       = "Load balancer controller: registers pods with this target group"
  oidc_provider_arn = var.oidc_provider_arn
  oidc_issuer       = var.oidc_issuer
  namespace         = "kube-system"
  service_account   = "aws-load-balancer-controller"
  policies          = { access = data.aws_iam_policy_document.this.json }
  tags              = var.tags
}
