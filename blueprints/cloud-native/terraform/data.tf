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
  serverless            = { minimum = var.db_min_capacity, maximum = var.db_max_capacity }
  instances             = var.db_instances
  backup_retention_days = var.db_backup_retention_days
  deletion_protection   = var.db_deletion_protection
  final_snapshot        = var.db_final_snapshot

  login                 = local.is_standby ? "none" : "secret"
  secret_name           = "${local.primary_stack}/database"
  secret_replica_region = local.standby_region
  rotation = local.is_standby || var.rotation_function_arn == "" ? null : {
    function_arn = var.rotation_function_arn
    days         = var.rotation_days
  }
  make_global = var.role == "primary" ? var.name : null
  join_global = local.is_standby ? local.primary_stack : null

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

  name                  = var.name
  node_type             = var.cache_node_type
  engine_version        = var.cache_engine_version
  shards                = var.cache_shards
  replicas_per_shard    = var.cache_replicas
  eviction              = var.cache_eviction
  snapshot_days         = var.cache_snapshot_days
  secret_name           = "${var.name}/cache"
  secret_replica_region = local.standby_region
  make_global           = var.role == "primary" && var.cache_replication ? var.name : null
  join_global           = var.global_cache == "" ? null : var.global_cache

  subnet_ids         = module.vpc.database_subnet_ids
  security_group_id  = module.cache_security.id
  kms_key_arn        = module.data_key.arn
  logs_kms_key_arn   = module.operations_key.arn
  log_retention_days = var.log_retention_days
  tags               = local.keeper_tags
}

locals {
  database_secret_arn = local.is_standby ? "${local.copied_secret}/database-??????" : module.database.secret_arn
  cache_secret_arn    = var.global_cache == "" ? module.cache.secret_arn : "${local.copied_secret}/cache-??????"
}

module "work" {
  source = "../../modules/queue"

  name               = "${var.name}-work"
  kms_key_arn        = module.data_key.arn
  visibility_seconds = 300
  max_receives       = 5
  tags               = local.keeper_tags
}

module "images" {
  source   = "../../modules/ecr-repository"
  for_each = toset(["api", "microservices", "workers"])

  name        = "${var.name}/${each.key}"
  kms_key_arn = module.data_key.arn
}
