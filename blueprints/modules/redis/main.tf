locals {
  is_primary = var.join_global == null
  port       = 6379
  group_id   = coalesce(var.replication_group_id, trimsuffix(substr(var.name, 0, 40), "-"))
}

resource "aws_elasticache_subnet_group" "this" {
  name        = var.name
  description = "Database subnets of ${var.name}"
  subnet_ids  = var.subnet_ids
  tags        = var.tags
}

resource "aws_elasticache_parameter_group" "this" {
  count = local.is_primary ? 1 : 0

  name        = var.name
  family      = "redis7"
  description = "Settings of ${var.name}"
  tags        = var.tags

  parameter {
    name  = "cluster-enabled"
    value = "yes"
  }

  parameter {
    name  = "maxmemory-policy"
    value = var.eviction
  }
}

resource "aws_cloudwatch_log_group" "slow" {
  name              = "/slipway/${var.name}/redis-slow"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_kms_key_arn
  tags              = var.tags
}

module "secret" {
  source = "../secret"
  count  = local.is_primary ? 1 : 0

  name            = var.secret_name
  description     = "AUTH token of the cache of ${var.name}"
  kms_key_arn     = var.kms_key_arn
  generated_field = "token"
  length          = 64
  replica_region  = var.secret_replica_region
  tags            = var.tags
}

# The provider has no write-only argument for the token, so that state holds it; see the README.
data "aws_secretsmanager_secret_version" "token" {
  count = local.is_primary ? 1 : 0

  secret_id  = module.secret[0].arn
  version_id = module.secret[0].initial_version_id
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id        = local.group_id
  description                 = "Redis of ${var.name}"
  global_replication_group_id = var.join_global
  tags                        = var.tags

  engine                     = local.is_primary ? "redis" : null
  engine_version             = local.is_primary ? var.engine_version : null
  node_type                  = local.is_primary ? var.node_type : null
  num_node_groups            = local.is_primary ? var.shards : null
  port                       = local.is_primary ? local.port : null
  parameter_group_name       = one(aws_elasticache_parameter_group.this[*].name)
  at_rest_encryption_enabled = local.is_primary ? true : null
  transit_encryption_enabled = local.is_primary ? true : null
  auth_token                 = local.is_primary ? jsondecode(data.aws_secretsmanager_secret_version.token[0].secret_string).token : null
  kms_key_id                 = var.kms_key_arn

  replicas_per_node_group    = var.replicas_per_shard
  automatic_failover_enabled = true
  multi_az_enabled           = var.replicas_per_shard > 0

  subnet_group_name          = aws_elasticache_subnet_group.this.name
  security_group_ids         = [var.security_group_id]
  snapshot_retention_limit   = var.snapshot_days
  snapshot_window            = "02:00-03:00"
  maintenance_window         = "sun:05:30-sun:06:30"
  auto_minor_version_upgrade = true
  apply_immediately          = true

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.slow.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }

  lifecycle {
    precondition {
      condition     = !local.is_primary || var.secret_name != null
      error_message = "A cache of its own needs secret_name for its AUTH token; only a secondary of join_global does without."
    }
  }
}

resource "aws_elasticache_global_replication_group" "this" {
  count = var.make_global == null ? 0 : 1

  global_replication_group_id_suffix   = var.make_global
  global_replication_group_description = "Redis of ${var.name} in both regions"
  primary_replication_group_id         = aws_elasticache_replication_group.this.id
}
