output "arn" {
  description = "ARN of the load balancer."
  value       = aws_lb.this.arn
}

output "dns_name" {
  description = "AWS's own name of the load balancer."
  value       = aws_lb.this.dns_name
}

output "zone_id" {
  description = "Zone of that name, for aliases."
  value       = aws_lb.this.zone_id
}

output "url" {
  description = "Address for users."
  value       = local.has_domain ? "https://${var.domain.name}" : "http://${aws_lb.this.dns_name}"
}

output "full_name" {
  description = "Name of the load balancer in metrics."
  value       = aws_lb.this.arn_suffix
}

output "target_group_arn" {
  description = "Target group of the pods."
  value       = aws_lb_target_group.this.arn
}

output "target_group_full_name" {
  description = "Name of the target group in metrics."
  value       = aws_lb_target_group.this.arn_suffix
}

output "logs_policy" {
  description = "Statements that the policy of the logs bucket needs, as JSON."
  value       = data.aws_iam_policy_document.logs.json
}
