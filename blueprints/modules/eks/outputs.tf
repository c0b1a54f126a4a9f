output "name" {
  description = "Name of the cluster."
  value       = aws_eks_cluster.this.name
}

output "ready_name" {
  description = "The same name, known once pods can be networked; for node groups."
  value       = aws_eks_cluster.this.name
  depends_on  = [aws_eks_addon.vpc_cni, aws_eks_addon.kube_proxy]
}

output "endpoint" {
  description = "Address of the Kubernetes API."
  value       = aws_eks_cluster.this.endpoint
}

output "oidc_issuer_url" {
  description = "Issuer of service account tokens."
  value       = aws_eks_cluster.this.identity[0].oidc[0].issuer
}

output "oidc_issuer" {
  description = "The issuer without `https://`, as trust policies name it."
  value       = local.oidc_issuer
}

output "oidc_provider_arn" {
  description = "IAM provider of the issuer."
  value       = aws_iam_openid_connect_provider.this.arn
}

output "administrator_role_arn" {
  description = "Role of Kubernetes administrators; asks for a second factor."
  value       = aws_iam_role.administrator.arn
}

output "control_plane_security_group_id" {
  description = "Group of the control plane."
  value       = aws_security_group.control_plane.id
}

output "node_security_group_id" {
  description = "Group of nodes and pods."
  value       = aws_security_group.nodes.id
}
