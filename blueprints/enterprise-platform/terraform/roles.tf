module "backend_api_role" {
  source = "../../modules/irsa-role"

  name              = "${var.name}-backend-api"
  description       = "Back-end API: reads the credentials of its data"
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  namespace         = "application"
  service_account   = "backend-api"
  policies = {
    access = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = [module.database.secret_arn, module.cache.secret_arn] },
        { Effect = "Allow", Action = ["kms:Decrypt"], Resource = module.data_key.arn },
      ]
    })
  }
}

module "workers_role" {
  source = "../../modules/irsa-role"

  name              = "${var.name}-workers"
  description       = "Workers: read the credentials of their data"
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  namespace         = "application"
  service_account   = "workers"
  policies = {
    access = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = [module.database.secret_arn, module.cache.secret_arn] },
        { Effect = "Allow", Action = ["kms:Decrypt"], Resource = module.data_key.arn },
      ]
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
        { Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = [module.database.secret_arn, module.cache.secret_arn] },
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
