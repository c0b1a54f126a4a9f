output "instance_id" {
  description = "Id of the host, for `aws ssm start-session`."
  value       = aws_instance.this.id
}

output "security_group_id" {
  description = "Group of the host; what it may reach lets it in."
  value       = aws_security_group.this.id
}
