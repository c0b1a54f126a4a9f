resource "aws_secretsmanager_secret" "this" {
  name                    = var.name
  description             = var.description
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_window_days
  tags                    = var.tags

  dynamic "replica" {
    for_each = var.replica_region == null ? [] : [var.replica_region]

    content {
      region = replica.value
    }
  }
}

ephemeral "aws_secretsmanager_random_password" "this" {
  password_length     = var.length
  exclude_punctuation = true
}

# Written once and never read back: neither plan nor state hold it. A label of its own keeps the version while
# rotation moves AWSCURRENT on.
resource "aws_secretsmanager_secret_version" "initial" {
  secret_id      = aws_secretsmanager_secret.this.id
  version_stages = ["AWSCURRENT", "INITIAL"]
  secret_string_wo = jsonencode(merge(var.fields, {
    (var.generated_field) = ephemeral.aws_secretsmanager_random_password.this.random_password
  }))
  secret_string_wo_version = var.generation

  lifecycle {
    ignore_changes = [version_stages]
  }
}

ephemeral "aws_secretsmanager_secret_version" "initial" {
  secret_id  = aws_secretsmanager_secret_version.initial.secret_id
  version_id = aws_secretsmanager_secret_version.initial.version_id
}
