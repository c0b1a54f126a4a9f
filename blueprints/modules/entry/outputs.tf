output "url" {
  description = "Address for users."
  value       = length(module.cdn) > 0 ? module.cdn[0].url : module.load_balancer.url
}

output "load_balancer_arn" {
  description = "ARN of the load balancer."
  value       = module.load_balancer.arn
}

output "dns_name" {
  description = "AWS's own name of the load balancer."
  value       = module.load_balancer.dns_name
}

output "full_name" {
  description = "Name of the load balancer in metrics."
  value       = module.load_balancer.full_name
}

output "target_group_arn" {
  description = "Target group of the pods."
  value       = module.load_balancer.target_group_arn
}

output "target_group_full_name" {
  description = "Name of the target group in metrics."
  value       = module.load_balancer.target_group_full_name
}

output "logs_policy" {
  description = "Statements that the policy of the logs bucket needs, as JSON."
  value       = module.load_balancer.logs_policy
}

output "distribution_domain" {
  description = "CloudFront's own name of the distribution; null without one of its own."
  value       = one(module.cdn[*].domain_name)
}

output "health_check_id" {
  description = "Health check that withdraws this region; null without routing."
  value       = one(module.routing[*].health_check_id)
}
