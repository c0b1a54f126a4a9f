# A role for each kind of service (row 001-16), for Velero (001-32), for traces (001-38) and for the controllers.
locals {
  read_secrets = {
    actions   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    resources = [local.database_secret_arn, local.cache_secret_arn]
  }
  publish = { actions = ["sns:Publish"], resources = [module.work.topic_arn] }
  use_key = { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [module.data_key.arn] }
  objects = {
    for kind, bucket in module.buckets : kind => [
      { actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resources = ["${bucket.arn}/*"] },
      { actions = ["s3:ListBucket"], resources = [bucket.arn] },
    ]
  }
  roles = {
    api = {
      namespace       = "application"
      service_account = "api"
      description     = "API: reads the credentials of database and cache"
      statements      = [local.read_secrets, local.publish, local.use_key]
    }
    microservices = {
      namespace       = "application"
      service_account = "microservices"
      description     = "Microservices: data, objects, events"
      statements      = concat([local.read_secrets, local.publish], local.objects["storage"], [local.use_key])
    }
    workers = {
      namespace       = "application"
      service_account = "workers"
      description     = "Workers: take work from the queue"
      statements = concat(
        [
          local.read_secrets,
          { actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"], resources = [module.work.queue_arn] },
        ],
        local.objects["storage"],
        [local.use_key],
      )
    }
    velero = {
      namespace       = "velero"
      service_account = "velero"
      description     = "Velero: keeps what is in the cluster"
      statements = concat(
        local.objects["backups"],
        [
          { actions = ["ec2:DescribeVolumes", "ec2:DescribeSnapshots", "ec2:CreateTags", "ec2:CreateVolume", "ec2:CreateSnapshot", "ec2:DeleteSnapshot"], resources = ["*"] },
          local.use_key,
        ],
      )
    }
    external-secrets = {
      namespace       = "external-secrets"
      service_account = "external-secrets"
      description     = "external-secrets: copies secrets of the environment into Kubernetes"
      statements      = [local.read_secrets, { actions = ["kms:Decrypt"], resources = [module.data_key.arn] }]
    }
  }
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

module "tracing_role" {
  source = "../../modules/irsa-role"

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

module "alb_controller" {
  source = "../../modules/alb-controller"

  cluster_name      = var.name
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  target_group_arn  = module.entry.target_group_arn
}
