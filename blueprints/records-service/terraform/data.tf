locals {
  keeper_tags = { "slipway:data-classification" = var.data_classification }
  # From this size on RDS lets one choose the input and output of gp3.
  provisioned_from_gb = 400
}

module "database_security" {
  source = "../../modules/security-group"

  name        = "${var.name}-database"
  description = "PostgreSQL of ${var.name}"
  vpc_id      = module.vpc.vpc_id
  clients     = { pods = { security_group_id = module.eks.node_security_group_id, port = 5432, description = "Pods to PostgreSQL" } }
}

module "database" {
  source = "../../modules/rds-postgres"

  identifier    = "${var.name}-database"
  database_name = "records"
  secret_name   = "${var.name}/database"
  rotation = var.rotation_function_arn == "" ? null : {
    function_arn = var.rotation_function_arn
    days         = var.rotation_days
  }

  engine_version        = var.db_engine_version
  instance_class        = var.db_instance_class
  storage_gb            = var.db_storage_gb
  iops                  = var.db_storage_gb >= local.provisioned_from_gb ? var.db_iops : null
  multi_az              = var.db_multi_az
  backup_retention_days = var.db_backup_retention_days
  read_replicas         = var.db_read_replicas
  max_connections       = var.db_max_connections
  monitoring_seconds    = var.db_monitoring_seconds
  deletion_protection   = var.db_deletion_protection
  final_snapshot        = var.db_final_snapshot

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

module "kafka_security" {
  source = "../../modules/security-group"

  name          = "${var.name}-kafka"
  description   = "Kafka of ${var.name}"
  vpc_id        = module.vpc.vpc_id
  clients       = { pods = { security_group_id = module.eks.node_security_group_id, port = 9098, description = "Pods to Kafka" } }
  among_members = "Brokers to one another"
}

module "kafka" {
  source = "../../modules/msk"

  name           = "${var.name}-kafka"
  kafka_version  = var.kafka_version
  broker_type    = var.kafka_broker_type
  brokers        = var.kafka_brokers
  storage_gb     = var.kafka_storage_gb
  max_storage_gb = var.kafka_max_storage_gb

  subnet_ids         = module.vpc.database_subnet_ids
  security_group_id  = module.kafka_security.id
  kms_key_arn        = module.data_key.arn
  logs_kms_key_arn   = module.operations_key.arn
  log_retention_days = var.log_retention_days
  tags               = local.keeper_tags
}

module "images" {
  source   = "../../modules/ecr-repository"
  for_each = toset(["records", "ingest"])

  name        = "${var.name}/${each.key}"
  kms_key_arn = module.data_key.arn
}
