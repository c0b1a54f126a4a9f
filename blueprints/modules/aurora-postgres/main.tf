locals {
  engine             = "aurora-postgresql"
  port               = 5432
  administrator      = "slipway"
  monitoring_seconds = 60
}

resource "aws_db_subnet_group" "this" {
  name        = var.identifier
  description = "Database subnets of ${var.identifier}"
  subnet_ids  = var.subnet_ids
  tags        = var.tags
}

resource "aws_rds_cluster_parameter_group" "this" {
  name_prefix = "${var.identifier}-"
  family      = "aurora-postgresql${split(".", var.engine_version)[0]}"
  description = "Settings of ${var.identifier}"
  tags        = var.tags

  dynamic "parameter" {
    for_each = {
      "rds.force_ssl"              = "1"
      "log_connections"            = "1"
      "log_disconnections"         = "1"
      "log_min_duration_statement" = "1000"
    }

    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_rds_global_cluster" "this" {
  count = var.make_global == null ? 0 : 1

  global_cluster_identifier = var.make_global
  engine                    = local.engine
  engine_version            = var.engine_version
  storage_encrypted         = true
  deletion_protection       = false
  tags                      = var.tags
}

# When this cluster was made; makes the name of its last snapshot its own.
resource "terraform_data" "made" {
  input = formatdate("YYYYMMDDhhmmss", plantimestamp())

  lifecycle {
    ignore_changes = [input]
  }
}

resource "aws_rds_cluster" "this" {
  cluster_identifier        = var.identifier
  engine                    = local.engine
  engine_version            = var.engine_version
  database_name             = var.login == "none" ? null : var.database_name
  port                      = local.port
  global_cluster_identifier = var.make_global == null ? var.join_global : aws_rds_global_cluster.this[0].id
  tags                      = merge(var.tags, { Name = var.identifier })

  master_username               = var.login == "none" ? null : local.administrator
  manage_master_user_password   = var.login == "rds" ? true : null
  master_user_secret_kms_key_id = var.login == "rds" ? var.kms_key_arn : null
  master_password_wo            = var.login == "secret" ? module.secret[0].initial_value : null
  master_password_wo_version    = var.login == "secret" ? 1 : null

  storage_encrypted = true
  kms_key_id        = var.kms_key_arn

  db_subnet_group_name            = aws_db_subnet_group.this.name
  vpc_security_group_ids          = [var.security_group_id]
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.this.name

  backup_retention_period      = var.backup_retention_days
  preferred_backup_window      = "03:00-04:00"
  preferred_maintenance_window = "sun:04:30-sun:05:30"
  copy_tags_to_snapshot        = true

  # As CloudFormation does: what a confirmed plan says happens now, not in the next maintenance window.
  apply_immediately                   = true
  allow_major_version_upgrade         = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]

  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = !var.final_snapshot
  final_snapshot_identifier = var.final_snapshot ? "${var.identifier}-${terraform_data.made.output}" : null

  dynamic "serverlessv2_scaling_configuration" {
    for_each = var.serverless == null ? [] : [var.serverless]

    content {
      min_capacity = serverlessv2_scaling_configuration.value.minimum
      max_capacity = serverlessv2_scaling_configuration.value.maximum
    }
  }

  depends_on = [aws_cloudwatch_log_group.this]

  lifecycle {
    # A switchover moves the membership of a global database.
    ignore_changes = [replication_source_identifier]

    precondition {
      condition     = (var.instance_class == null) != (var.serverless == null)
      error_message = "Give instance_class or serverless, one of the two."
    }

    precondition {
      condition     = var.make_global == null || var.join_global == null
      error_message = "A cluster makes a global database or joins one: give make_global or join_global, not both."
    }

    precondition {
      condition     = var.login != "secret" || var.secret_name != null
      error_message = "A login by our own secret needs secret_name."
    }

    precondition {
      condition     = var.login != "rds" || (var.make_global == null && var.join_global == null)
      error_message = "RDS keeps no password for clusters of a global database: choose login = \"secret\" in the primary and \"none\" in a secondary."
    }
  }
}

resource "aws_rds_cluster_instance" "this" {
  count = var.instances

  identifier         = "${var.identifier}-${count.index + 1}"
  cluster_identifier = aws_rds_cluster.this.id
  engine             = local.engine
  instance_class     = coalesce(var.instance_class, "db.serverless")
  promotion_tier     = count.index
  tags               = merge(var.tags, { Name = "${var.identifier}-${count.index + 1}" })

  publicly_accessible                   = false
  apply_immediately                     = true
  auto_minor_version_upgrade            = true
  ca_cert_identifier                    = "rds-ca-rsa2048-g1"
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = 7
  monitoring_interval                   = local.monitoring_seconds
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
}
