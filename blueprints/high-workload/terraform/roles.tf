module "app_role" {
  source = "../../modules/irsa-role"

  name              = "${var.name}-app"
  description       = "Application: its data and its backups"
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  namespace         = "application"
  service_account   = "app"
  policies = {
    access = jsonencode({
      Version = "2012-10-17"
      Statement = concat(
        [
          { Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = local.database_secret_arn },
          { Effect = "Allow", Action = ["s3:PutObject"], Resource = "${module.backups_bucket.arn}/*" },
          { Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = module.data_key.arn },
        ],
        [for table in module.table : { Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:Query", "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem"], Resource = table.arn }],
      )
    })
  }
}

module "autoscaler" {
  source = "../../modules/cluster-autoscaler"

  cluster_name      = var.name
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
}

module "external_secrets_role" {
  source = "../../modules/irsa-role"

  name              = "${var.name}-external-secrets"
  description       = "external-secrets: copies secrets of the environment into Kubernetes"
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  namespace         = "external-secrets"
  service_account   = "external-secrets"
  policies = {
    access = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = local.database_secret_arn },
        { Effect = "Allow", Action = ["kms:Decrypt"], Resource = module.data_key.arn },
      ]
    })
  }
}

module "alb_controller" {
  source = "../../modules/alb-controller"

  cluster_name      = var.name
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  target_group_arn  = module.entry.target_group_arn
}
