output "role_arn" {
  description = "Role of the cluster autoscaler."
  value       = module.role.arn
}
