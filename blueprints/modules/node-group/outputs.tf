output "id" {
  description = "Cluster and group, known once the nodes are there; add-ons that run on nodes wait for it."
  value       = aws_eks_node_group.this.id
}

output "role_arn" {
  description = "Role of the nodes."
  value       = aws_iam_role.this.arn
}
