module "database_security" {
  source = "../../modules/security-group"

  name        = "${var.name}-database"
  description = "PostgreSQL of ${var.name}"
  vpc_id      = module.vpc.vpc_id
  clients = merge(
    {
      pods = {
        security_group_id = module.eks.node_security_group_id
        port              = 5432
        description       = "Pods to PostgreSQL"
      }
    },
    var.bastion ? {
      bastion = {
        security_group_id = module.bastion[0].security_group_id
        port              = 5432
        description       = "Administrators to PostgreSQL"
      }
    } : {},
  )
}

module "database" {
  source = "../../modules/rds-postgres"

  identifier = "${var.name}-database"
  source_arn = local.is_standby ? "arn:aws:rds:${var.partner_region}:${var.account_id}:db:${var.partner_stack}-database" : null

  database_name         = "application"
  secret_name           = "${var.name}/database"
  secret_replica_region = local.standby_region
  rotation = var.rotation_function_arn == "" ? null : {
    function_arn = var.rotation_function_arn
    days         = var.rotation_days
  }

  engine_version        = var.db_engine_version
  instance_class        = var.db_instance_class
  storage_gb            = var.db_storage_gb
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

locals {
  database_secret_arn = local.is_standby ? "arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:${var.partner_stack}/database-??????" : module.database.secret_arn
}

module "table" {
  source = "../../modules/dynamodb-table"
  count  = var.document_table && !local.is_standby ? 1 : 0

  name        = var.name
  kms_key_arn = module.data_key.arn
  tags        = local.keeper_tags
}

module "app_images" {
  source = "../../modules/ecr-repository"

  name        = "${var.name}/app"
  kms_key_arn = module.data_key.arn
}
