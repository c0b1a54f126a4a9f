module "database_security" {
  source = "../../modules/security-group"

  name        = "${var.name}-database"
  description = "PostgreSQL of ${var.name}"
  vpc_id      = module.vpc.vpc_id

  clients = {
    nodes = {
      security_group_id = module.eks.node_security_group_id
      port              = local.postgres_port
      description       = "Back-end pods to PostgreSQL"
    }
  }
}

module "database" {
  source = "../../modules/rds-postgres"

  identifier            = "${var.name}-database"
  database_name         = "application"
  secret_name           = "${var.name}/database"
  engine_version        = var.db_engine_version
  instance_class        = var.db_instance_class
  storage_gb            = var.db_storage_gb
  multi_az              = var.db_multi_az
  backup_retention_days = var.db_backup_retention_days
  deletion_protection   = var.db_deletion_protection
  final_snapshot        = var.db_final_snapshot
  read_replicas         = var.db_read_replicas
  max_connections       = var.db_max_connections
  monitoring_seconds    = var.db_monitoring_seconds
  subnet_ids            = module.vpc.database_subnet_ids
  security_group_id     = module.database_security.id
  kms_key_arn           = module.data_key.arn
  logs_kms_key_arn      = module.operations_key.arn
  log_retention_days    = var.log_retention_days
  tags                  = local.data_tags
}

module "token_secret" {
  source = "../../modules/secret"

  name            = "${var.name}/api-tokens"
  description     = "Signs the API tokens of ${var.name}"
  kms_key_arn     = module.data_key.arn
  generated_field = "signingKey"
  length          = 64
  tags            = local.data_tags
}

module "logs_bucket" {
  source = "../../modules/s3-bucket"

  name_prefix       = "${substr(var.name, 0, 31)}-logs-"
  account_id        = var.account_id
  expire_after_days = var.log_retention_days
  tags              = local.data_tags

  access_log_sources = {
    for kind, bucket in module.bucket : kind => { bucket_arn = bucket.arn, prefix = "${kind}-access/" }
  }

  policy_documents = concat([module.edge.logs_policy], var.audit_trail ? [module.audit_trail.bucket_policy] : [])
}

module "bucket" {
  source   = "../../modules/s3-bucket"
  for_each = toset(["assets", "uploads"])

  name_prefix = "${substr(var.name, 0, 28)}-${each.key}-"
  account_id  = var.account_id
  kms_key_arn = module.data_key.arn
  access_logs = { bucket = module.logs_bucket.name, prefix = "${each.key}-access/" }
  tags        = local.data_tags
}

module "images" {
  source   = "../../modules/ecr-repository"
  for_each = toset(["frontend", "api-gateway", "backend"])

  name        = "${var.name}/${each.key}"
  kms_key_arn = module.data_key.arn
}
