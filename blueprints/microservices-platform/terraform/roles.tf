# A role for each service and for each controller that speaks to AWS, narrowed to the environment's own resources.
locals {
  roles = {
    frontend = {
      namespace       = "application"
      service_account = "frontend"
      description     = "Front end: reads its own builds"
      statements = [
        { actions = ["s3:GetObject"], resources = ["${module.bucket["assets"].arn}/*"] },
        { actions = ["s3:ListBucket"], resources = [module.bucket["assets"].arn] },
        { actions = ["kms:Decrypt"], resources = [module.data_key.arn] },
      ]
    }
    api-gateway = {
      namespace       = "application"
      service_account = "api-gateway"
      description     = "API gateway: reads the key that signs tokens"
      statements = [
        { actions = local.read_secret, resources = [module.token_secret.arn] },
        { actions = ["kms:Decrypt"], resources = [module.data_key.arn] },
      ]
    }
    backend = {
      namespace       = "application"
      service_account = "backend"
      description     = "Back end: reads its database credentials, keeps uploads"
      statements = [
        { actions = local.read_secret, resources = [module.database.secret_arn] },
        { actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resources = ["${module.bucket["uploads"].arn}/*"] },
        { actions = ["s3:ListBucket"], resources = [module.bucket["uploads"].arn] },
        { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [module.data_key.arn] },
      ]
    }
    external-secrets = {
      namespace       = "external-secrets"
      service_account = "external-secrets"
      description     = "external-secrets: copies secrets of the environment into Kubernetes"
      statements = [
        { actions = local.read_secret, resources = [module.database.secret_arn, module.token_secret.arn] },
        { actions = ["kms:Decrypt"], resources = [module.data_key.arn] },
      ]
    }
  }
  read_secret = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
}

data "aws_iam_policy_document" "role" {
  for_each = local.roles

  dynamic "statement" {
    for_each = each.value.statements

    content {
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

module "role" {
  source   = "../../modules/irsa-role"
  for_each = local.roles

  name              = "${substr(var.name, 0, 20)}-${each.key}"
  description       = each.value.description
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  namespace         = each.value.namespace
  service_account   = each.value.service_account
  policies          = { access = data.aws_iam_policy_document.role[each.key].json }
}

module "autoscaler" {
  source = "../../modules/cluster-autoscaler"

  cluster_name      = var.name
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
}

module "alb_controller" {
  source = "../../modules/alb-controller"

  cluster_name      = var.name
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  target_group_arn  = module.edge.target_group_arn
}
