output "role_arn" {
  description = "Role of the load balancer controller."
  value       = module.role.arn
}
