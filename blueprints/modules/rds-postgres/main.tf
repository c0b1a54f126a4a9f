locals {
  is_primary    = var.source_arn == null
  port          = 5432
  administrator = "slipway"
  # `superuser_reserved_connections` of RDS.
  reserved_connections = 3
  log_kinds            = ["postgresql", "upgrade"]
  certificate          = "rds-ca-rsa2048-g1"
  replica_identifiers  = local.is_primary ? [for index in range(var.read_replicas) : "${var.identifier}-replica-${index + 1}"] : []
}

resource "aws_db_subnet_group" "this" {
  name        = var.identifier
  description = "Database subnets of ${var.identifier}"
  subnet_ids  = var.subnet_ids
  tags        = var.tags
}

resource "aws_db_parameter_group" "this" {
  count = local.is_primary ? 1 : 0

  name_prefix = "${var.identifier}-"
  family      = "postgres${split(".", var.engine_version)[0]}"
  description = "Settings of ${var.identifier}"
  tags        = var.tags

  parameter {
    name         = "rds.force_ssl"
    value        = "1"
    apply_method = "immediate"
  }

  parameter {
    name         = "max_connections"
    value        = tostring(var.max_connections + local.reserved_connections)
    apply_method = "pending-reboot"
  }

  parameter {
    name  = "log_connections"
    value = "1"
  }

  parameter {
    name  = "log_disconnections"
    value = "1"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# When this database was made; makes the name of its last snapshot its own.
resource "terraform_data" "made" {
  input = formatdate("YYYYMMDDhhmmss", plantimestamp())

  lifecycle {
    ignore_changes = [input]
  }
}

resource "aws_db_instance" "this" {
  identifier          = var.identifier
  replicate_source_db = var.source_arn
  instance_class      = var.instance_class
  tags                = merge(var.tags, { Name = var.identifier })

  engine         = local.is_primary ? "postgres" : null
  engine_version = local.is_primary ? var.engine_version : null
  db_name        = local.is_primary ? var.database_name : null
  port           = local.is_primary ? local.port : null

  username            = local.is_primary ? local.administrator : null
  password_wo         = local.is_primary ? module.secret[0].initial_value : null
  password_wo_version = local.is_primary ? 1 : null

  allocated_storage = local.is_primary ? var.storage_gb : null
  storage_type      = local.is_primary ? "gp3" : null
  iops              = local.is_primary ? var.iops : null
  storage_encrypted = local.is_primary ? true : null
  kms_key_id        = var.kms_key_arn

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [var.security_group_id]
  parameter_group_name   = one(aws_db_parameter_group.this[*].name)
  publicly_accessible    = false
  ca_cert_identifier     = local.is_primary ? local.certificate : null
  multi_az               = local.is_primary ? var.multi_az : null

  backup_retention_period  = local.is_primary ? var.backup_retention_days : null
  backup_window            = local.is_primary ? "03:00-04:00" : null
  maintenance_window       = local.is_primary ? "sun:04:30-sun:05:30" : null
  delete_automated_backups = true
  copy_tags_to_snapshot    = true

  # As CloudFormation does: what a confirmed plan says happens now, not in the next maintenance window.
  apply_immediately                     = true
  allow_major_version_upgrade           = true
  auto_minor_version_upgrade            = true
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = 7
  monitoring_interval                   = local.is_primary ? var.monitoring_seconds : null
  monitoring_role_arn                   = one(aws_iam_role.monitoring[*].arn)
  enabled_cloudwatch_logs_exports       = local.is_primary ? local.log_kinds : null

  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = !(local.is_primary && var.final_snapshot)
  final_snapshot_identifier = local.is_primary && var.final_snapshot ? "${var.identifier}-${terraform_data.made.output}" : null

  depends_on = [aws_cloudwatch_log_group.this]

  lifecycle {
    precondition {
      condition     = !local.is_primary || (var.database_name != null && var.secret_name != null && var.logs_kms_key_arn != null)
      error_message = "A database of its own needs database_name, secret_name and logs_kms_key_arn; only a replica of source_arn does without."
    }
  }
}

resource "aws_db_instance" "replica" {
  count = length(local.replica_identifiers)

  identifier          = local.replica_identifiers[count.index]
  replicate_source_db = aws_db_instance.this.identifier
  instance_class      = var.instance_class
  storage_type        = "gp3"
  tags                = merge(var.tags, { Name = local.replica_identifiers[count.index] })

  vpc_security_group_ids = [var.security_group_id]
  parameter_group_name   = aws_db_parameter_group.this[0].name
  publicly_accessible    = false
  ca_cert_identifier     = local.certificate
  copy_tags_to_snapshot  = true

  apply_immediately                     = true
  auto_minor_version_upgrade            = true
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = 7
  monitoring_interval                   = var.monitoring_seconds
  monitoring_role_arn                   = one(aws_iam_role.monitoring[*].arn)
  enabled_cloudwatch_logs_exports       = local.log_kinds

  deletion_protection = var.deletion_protection
  skip_final_snapshot = true

  depends_on = [aws_cloudwatch_log_group.this]
}
