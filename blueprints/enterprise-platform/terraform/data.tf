locals {
  keeper_tags = { "slipway:data-classification" = var.data_classification }
}

module "database_security" {
  source = "../../modules/security-group"

  name        = "${var.name}-database"
  description = "PostgreSQL of ${var.name}"
  vpc_id      = module.vpc.vpc_id
  clients     = { pods = { security_group_id = module.eks.node_security_group_id, port = 5432, description = "Pods to PostgreSQL" } }
}

module "database" {
  source = "../../modules/aurora-postgres"

  identifier            = "${var.name}-database"
  database_name         = "application"
  engine_version        = var.db_engine_version
  instance_class        = var.db_instance_class
  instances             = var.db_instances
  backup_retention_days = var.db_backup_retention_days
  deletion_protection   = var.db_deletion_protection
  final_snapshot        = var.db_final_snapshot
  login                 = "rds"

  subnet_ids         = module.vpc.database_subnet_ids
  security_group_id  = module.database_security.id
  kms_key_arn        = module.data_key.arn
  logs_kms_key_arn   = module.operations_key.arn
  log_retention_days = var.log_retention_days
  tags               = local.keeper_tags
}

module "cache_security" {
  source = "../../modules/security-group"

  name        = "${var.name}-cache"
  description = "Redis of ${var.name}"
  vpc_id      = module.vpc.vpc_id
  clients     = { pods = { security_group_id = module.eks.node_security_group_id, port = 6379, description = "Pods to Redis" } }
}

module "cache" {
  source = "../../modules/redis"

  name               = var.name
  node_type          = var.cache_node_type
  engine_version     = var.cache_engine_version
  shards             = var.cache_shards
  replicas_per_shard = var.cache_replicas
  eviction           = var.cache_eviction
  snapshot_days      = var.cache_snapshot_days
  secret_name        = "${var.name}/cache"

  subnet_ids         = module.vpc.database_subnet_ids
  security_group_id  = module.cache_security.id
  kms_key_arn        = module.data_key.arn
  logs_kms_key_arn   = module.operations_key.arn
  log_retention_days = var.log_retention_days
  tags               = local.keeper_tags
}

module "images" {
  source   = "../../modules/ecr-repository"
  for_each = toset(["frontend", "backend-api", "workers"])

  name        = "${var.name}/${each.key}"
  kms_key_arn = module.data_key.arn
}

module "logs_bucket" {
  source = "../../modules/s3-bucket"

  name_prefix       = "${substr(var.name, 0, 31)}-logs-"
  account_id        = var.account_id
  expire_after_days = var.log_retention_days
  policy_documents  = concat([module.entry.logs_policy], var.audit_trail ? [module.audit_trail.bucket_policy] : [])
  tags              = local.keeper_tags
}
