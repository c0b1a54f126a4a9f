module "records_role" {
  source = "../../modules/irsa-role"

  name              = "${var.name}-records"
  description       = "Records: data, cache, messages out, old data"
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  namespace         = "application"
  service_account   = "records"
  policies = {
    access = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = [module.database.secret_arn, module.cache.secret_arn] },
        { Effect = "Allow", Action = ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"], Resource = module.kafka.arn },
        { Effect = "Allow", Action = ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"], Resource = "arn:aws:kafka:${var.region}:${var.account_id}:topic/${var.name}-kafka/*" },
        { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "${module.record_buckets["archives"].arn}/*" },
        { Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = module.data_key.arn },
      ]
    })
  }
}

module "ingest_role" {
  source = "../../modules/irsa-role"

  name              = "${var.name}-ingest"
  description       = "Ingest: messages into the database"
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  namespace         = "application"
  service_account   = "ingest"
  policies = {
    access = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = [module.database.secret_arn, module.cache.secret_arn] },
        { Effect = "Allow", Action = ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"], Resource = module.kafka.arn },
        { Effect = "Allow", Action = ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"], Resource = "arn:aws:kafka:${var.region}:${var.account_id}:topic/${var.name}-kafka/*" },
        { Effect = "Allow", Action = ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"], Resource = "arn:aws:kafka:${var.region}:${var.account_id}:group/${var.name}-kafka/*" },
        { Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = module.data_key.arn },
      ]
    })
  }
}

module "logs_role" {
  source = "../../modules/irsa-role"

  name              = "${var.name}-logs"
  description       = "Log collector: keeps application logs"
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  namespace         = "observability"
  service_account   = "log-collector"
  policies = {
    access = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = ["s3:PutObject"], Resource = "${module.record_buckets["logs"].arn}/*" },
        { Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = module.data_key.arn },
      ]
    })
  }
}

module "tracing_role" {
  source = "../../modules/irsa-role"
  count  = var.tracing ? 1 : 0

  name                = "${var.name}-tracing"
  description         = "Collector: sends traces to X-Ray"
  oidc_provider_arn   = module.eks.oidc_provider_arn
  oidc_issuer         = module.eks.oidc_issuer
  namespace           = "observability"
  service_account     = "otel-collector"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"]
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
