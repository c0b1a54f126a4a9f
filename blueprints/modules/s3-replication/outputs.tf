output "role_arn" {
  description = "Role by which S3 copies."
  value       = aws_iam_role.this.arn
}
