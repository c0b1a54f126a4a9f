output "ApplicationUrl" {
  description = "Application; answers once pods run behind the load balancer."
  value       = module.entry.url
}

output "LoadBalancerDns" {
  description = "Load balancer."
  value       = module.entry.dns_name
}

output "TargetGroupArn" {
  description = "Target group, for the TargetGroupBinding that registers the pods."
  value       = module.entry.target_group_arn
}

output "KubeconfigCommand" {
  description = "Adds the cluster to your kubeconfig as the administrator role; asks for a second factor."
  value       = "aws eks update-kubeconfig --region ${var.region} --name ${var.name} --role-arn ${module.eks.administrator_role_arn}"
}

output "ClusterName" {
  description = "Cluster."
  value       = module.eks.name
}

output "ClusterEndpoint" {
  description = "Kubernetes API."
  value       = module.eks.endpoint
}

output "ClusterOidcIssuer" {
  description = "Issuer of service account tokens."
  value       = module.eks.oidc_issuer_url
}

output "ClusterAdminRoleArn" {
  description = "Administrator role."
  value       = module.eks.administrator_role_arn
}

output "AutoscalerRoleArn" {
  description = "Role of the cluster autoscaler."
  value       = module.autoscaler.role_arn
}

output "LoadBalancerControllerRoleArn" {
  description = "Role of the load balancer controller."
  value       = module.alb_controller.role_arn
}

output "ExternalSecretsRoleArn" {
  description = "Role of external-secrets."
  value       = module.external_secrets_role.arn
}

output "VpcId" {
  description = "VPC."
  value       = module.vpc.vpc_id
}

output "AlarmTopicArn" {
  description = "Alarms."
  value       = module.monitoring.topic_arn
}

output "DatabaseEndpoint" {
  description = "Database."
  value       = module.database.address
}

output "DatabaseReaderEndpoint" {
  description = "Database for reading."
  value       = module.database.reader_address
}

output "DatabasePort" {
  description = "Database port."
  value       = tostring(module.database.port)
}

output "DashboardUrl" {
  description = "Dashboard."
  value       = module.monitoring.dashboard_url
}

output "DatabaseName" {
  description = "Database name."
  value       = "application"
}

output "DatabaseSecretArn" {
  description = "Database credentials, in Secrets Manager."
  value       = local.database_secret_arn
}

output "TableName" {
  description = "DynamoDB table; none without one, or in the standby."
  value       = length(module.table) > 0 ? module.table[0].name : "none"
}

output "BackupsBucket" {
  description = "Bucket of backups."
  value       = module.backups_bucket.name
}

output "AppRepository" {
  description = "Images of the application."
  value       = module.app_images.url
}

output "AppRoleArn" {
  description = "Role of the application."
  value       = module.app_role.arn
}

output "DistributionDomain" {
  description = "CloudFront; none without it, or in the standby."
  value       = coalesce(module.entry.distribution_domain, "none")
}

output "BastionCommand" {
  description = "Opens a shell on the bastion; none without one."
  value       = var.bastion ? "aws ssm start-session --region ${var.region} --target ${module.bastion[0].instance_id}" : "none"
}
