module "secret" {
  source = "../secret"
  count  = local.is_primary ? 1 : 0

  name            = var.secret_name
  description     = "Administrator of the database ${var.identifier}"
  kms_key_arn     = var.kms_key_arn
  fields          = { username = local.administrator, dbname = var.database_name }
  generated_field = "password"
  length          = 40
  replica_region  = var.secret_replica_region
  tags            = var.tags
}

# The login with the address, which applications and rotation read: what CloudFormation's secret attachment writes.
# Its label keeps this version when rotation moves AWSCURRENT on, so that Terraform never writes over a newer password.
resource "aws_secretsmanager_secret_version" "login" {
  count = local.is_primary ? 1 : 0

  secret_id      = module.secret[0].arn
  version_stages = ["AWSCURRENT", "ATTACHED"]
  secret_string_wo = jsonencode({
    username             = local.administrator
    password             = module.secret[0].initial_value
    dbname               = var.database_name
    engine               = "postgres"
    host                 = aws_db_instance.this.address
    port                 = local.port
    dbInstanceIdentifier = aws_db_instance.this.identifier
  })
  secret_string_wo_version = 1

  lifecycle {
    ignore_changes = [version_stages]
  }
}

resource "aws_secretsmanager_secret_rotation" "this" {
  count = local.is_primary && var.rotation != null ? 1 : 0

  secret_id           = aws_secretsmanager_secret_version.login[0].secret_id
  rotation_lambda_arn = var.rotation.function_arn

  rotation_rules {
    automatically_after_days = var.rotation.days
  }
}
