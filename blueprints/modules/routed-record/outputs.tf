output "health_check_id" {
  description = "Health check that withdraws this region."
  value       = aws_route53_health_check.this.id
}
