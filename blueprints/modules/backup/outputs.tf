output "plan_id" {
  description = "Id of the plan."
  value       = aws_backup_plan.this.id
}

output "role_arn" {
  description = "Role by which AWS Backup works."
  value       = aws_iam_role.this.arn
}
