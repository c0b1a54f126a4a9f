output "arn" {
  description = "ARN of the secret."
  value       = aws_secretsmanager_secret.this.arn
}

output "name" {
  description = "Name of the secret."
  value       = aws_secretsmanager_secret.this.name
}

output "initial_version_id" {
  description = "Version that holds the value as it was made up."
  value       = aws_secretsmanager_secret_version.initial.version_id
}

output "initial_value" {
  description = "The generated part as it was made up, for write-only arguments; it stands in no plan and no state."
  value       = jsondecode(ephemeral.aws_secretsmanager_secret_version.initial.secret_string)[var.generated_field]
  ephemeral   = true
}
