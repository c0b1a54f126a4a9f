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
  value       = module.role["external-secrets"].arn
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

output "DistributionDomain" {
  description = "CloudFront; none without it, or in the standby."
  value       = coalesce(module.entry.distribution_domain, "none")
}

output "HealthCheckId" {
  description = "Health check of this region; none without a domain and a second region."
  value       = coalesce(module.entry.health_check_id, "none")
}

output "CacheEndpoint" {
  description = "Cache."
  value       = module.cache.address
}

output "CacheSecretArn" {
  description = "AUTH token of the cache."
  value       = local.cache_secret_arn
}

output "GlobalDatabase" {
  description = "Global database that both regions’ clusters belong to; none for a single region."
  value       = var.role == "single" ? "none" : local.primary_stack
}

output "GlobalCache" {
  description = "Global datastore; a standby takes it as global_cache."
  value       = coalesce(module.cache.global_id, var.global_cache, "none")
}

output "StorageBucket" {
  description = "Bucket of objects."
  value       = module.buckets["storage"].name
}

output "BackupBucket" {
  description = "Bucket of Velero’s backups."
  value       = module.buckets["backups"].name
}

output "QueueUrl" {
  description = "Queue of work."
  value       = module.work.queue_url
}

output "TopicArn" {
  description = "Topic of events."
  value       = module.work.topic_arn
}

output "ApiRepository" {
  description = "Images of the API."
  value       = module.images["api"].url
}

output "MicroservicesRepository" {
  description = "Images of the microservices."
  value       = module.images["microservices"].url
}

output "WorkersRepository" {
  description = "Images of the workers."
  value       = module.images["workers"].url
}

output "ApiRoleArn" {
  description = "Role of the API."
  value       = module.role["api"].arn
}

output "MicroservicesRoleArn" {
  description = "Role of the microservices."
  value       = module.role["microservices"].arn
}

output "WorkersRoleArn" {
  description = "Role of the workers."
  value       = module.role["workers"].arn
}

output "VeleroRoleArn" {
  description = "Role of Velero."
  value       = module.role["velero"].arn
}

output "TracingRoleArn" {
  description = "Role of the trace collector."
  value       = module.tracing_role.arn
}
