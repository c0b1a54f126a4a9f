data "aws_iam_policy_document" "control_plane_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "control_plane" {
  name_prefix        = "${substr(var.name, 0, 23)}-control-plane-"
  description        = "Control plane of ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.control_plane_trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "control_plane" {
  role       = aws_iam_role.control_plane.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonEKSClusterPolicy"
}

data "aws_iam_policy_document" "control_plane_key" {
  statement {
    actions   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources = [var.secrets_kms_key_arn]
  }
}

resource "aws_iam_role_policy" "control_plane_key" {
  name   = "secrets-key"
  role   = aws_iam_role.control_plane.id
  policy = data.aws_iam_policy_document.control_plane_key.json
}

# For people who operate the cluster: with a second factor, administrator of Kubernetes and of nothing else.
data "aws_iam_policy_document" "administrator_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${var.account_id}:root"]
    }

    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role" "administrator" {
  name_prefix        = "${substr(var.name, 0, 23)}-administrator-"
  description        = "Kubernetes administrators of ${var.name}; asks for a second factor"
  assume_role_policy = data.aws_iam_policy_document.administrator_trust.json
  tags               = var.tags
}

resource "aws_eks_access_entry" "administrator" {
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_iam_role.administrator.arn
  type          = "STANDARD"
  tags          = var.tags
}

resource "aws_eks_access_policy_association" "administrator" {
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.administrator.principal_arn
  policy_arn    = "arn:${data.aws_partition.current.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}
