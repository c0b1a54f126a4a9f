output "ApplicationUrl" {
  description = "Answers once the front end runs in the cluster."
  value       = module.edge.url
}

output "LoadBalancerDns" {
  description = "AWS's own name of the load balancer."
  value       = module.edge.dns_name
}

output "KubeconfigCommand" {
  description = "Adds the cluster to your kubeconfig as the administrator role; asks for a second factor."
  value       = "aws eks update-kubeconfig --region ${var.region} --name ${var.name} --role-arn ${module.eks.administrator_role_arn}"
}

output "ClusterName" {
  description = "Name of the cluster."
  value       = module.eks.name
}

output "ClusterEndpoint" {
  description = "Address of the Kubernetes API."
  value       = module.eks.endpoint
}

output "ClusterOidcIssuer" {
  description = "Issuer of service account tokens."
  value       = module.eks.oidc_issuer_url
}

output "ClusterAdminRoleArn" {
  description = "Role of Kubernetes administrators."
  value       = module.eks.administrator_role_arn
}

output "DatabaseEndpoint" {
  description = "Address of the database."
  value       = module.database.address
}

output "DatabaseReaderEndpoint" {
  description = "The first read replica, or the database itself without one."
  value       = module.database.reader_address
}

output "DatabasePort" {
  description = "Port of the database."
  value       = tostring(module.database.port)
}

output "DatabaseName" {
  description = "Database of the application."
  value       = "application"
}

output "DatabaseSecretArn" {
  description = "In Secrets Manager: user, password, host, port and name."
  value       = module.database.secret_arn
}

output "TokenSecretArn" {
  description = "Key that signs API tokens."
  value       = module.token_secret.arn
}

output "VpcId" {
  description = "Id of the VPC."
  value       = module.vpc.vpc_id
}

output "AssetsBucket" {
  description = "Bucket of front-end builds."
  value       = module.bucket["assets"].name
}

output "UploadsBucket" {
  description = "Bucket of uploads."
  value       = module.bucket["uploads"].name
}

output "FrontendRepository" {
  description = "Images of the front end."
  value       = module.images["frontend"].url
}

output "ApiGatewayRepository" {
  description = "Images of the API gateway."
  value       = module.images["api-gateway"].url
}

output "BackendRepository" {
  description = "Images of the back end."
  value       = module.images["backend"].url
}

output "FrontendRoleArn" {
  description = "Role of the front end."
  value       = module.role["frontend"].arn
}

output "ApiGatewayRoleArn" {
  description = "Role of the API gateway."
  value       = module.role["api-gateway"].arn
}

output "BackendRoleArn" {
  description = "Role of the back end."
  value       = module.role["backend"].arn
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

output "TargetGroupArn" {
  description = "For the TargetGroupBinding that registers the pods."
  value       = module.edge.target_group_arn
}

output "AlarmTopicArn" {
  description = "Topic of the alarms."
  value       = module.monitoring.topic_arn
}
