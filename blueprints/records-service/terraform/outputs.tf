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
  value       = "records"
}

output "DatabaseSecretArn" {
  description = "Database credentials, in Secrets Manager."
  value       = module.database.secret_arn
}

output "CacheEndpoint" {
  description = "Cache."
  value       = module.cache.address
}

output "CacheSecretArn" {
  description = "AUTH token of the cache."
  value       = module.cache.secret_arn
}

output "KafkaClusterArn" {
  description = "Kafka."
  value       = module.kafka.arn
}

output "KafkaBrokersCommand" {
  description = "Addresses of the brokers; clients sign in by IAM, over TLS."
  value       = module.kafka.brokers_command
}

output "BackupsBucket" {
  description = "Bucket of backups."
  value       = module.record_buckets["backups"].name
}

output "LogsBucket" {
  description = "Bucket of application logs."
  value       = module.record_buckets["logs"].name
}

output "ArchivesBucket" {
  description = "Bucket of old data."
  value       = module.record_buckets["archives"].name
}

output "RecordsRepository" {
  description = "Images of the service."
  value       = module.images["records"].url
}

output "IngestRepository" {
  description = "Images of the ingest."
  value       = module.images["ingest"].url
}

output "RecordsRoleArn" {
  description = "Role of the service."
  value       = module.records_role.arn
}

output "IngestRoleArn" {
  description = "Role of the ingest."
  value       = module.ingest_role.arn
}

output "LogsRoleArn" {
  description = "Role of the log collector."
  value       = module.logs_role.arn
}

output "TracingRoleArn" {
  description = "Role of the trace collector; none without X-Ray."
  value       = var.tracing ? module.tracing_role[0].arn : "none"
}

output "DistributionDomain" {
  description = "CloudFront; none without it."
  value       = coalesce(module.entry.distribution_domain, "none")
}
