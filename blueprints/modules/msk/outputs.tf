output "arn" {
  description = "ARN of the cluster."
  value       = aws_msk_cluster.this.arn
}

output "name" {
  description = "Name of the cluster, as CloudWatch names it."
  value       = aws_msk_cluster.this.cluster_name
}

output "brokers_command" {
  description = "Command that tells the addresses of the brokers."
  value       = "aws kafka get-bootstrap-brokers --region ${split(":", aws_msk_cluster.this.arn)[3]} --cluster-arn ${aws_msk_cluster.this.arn}"
}

output "port" {
  description = "Port of the brokers with IAM authentication over TLS."
  value       = 9098
}
