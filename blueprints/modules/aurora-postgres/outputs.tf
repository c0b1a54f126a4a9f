output "identifier" {
  description = "Identifier of the cluster."
  value       = aws_rds_cluster.this.cluster_identifier
}

output "arn" {
  description = "ARN of the cluster, e.g. for a backup plan."
  value       = aws_rds_cluster.this.arn
}

output "address" {
  description = "Address that takes writes."
  value       = aws_rds_cluster.this.endpoint
}

output "port" {
  description = "Port of the database."
  value       = aws_rds_cluster.this.port
}

output "reader_address" {
  description = "Address that spreads reads."
  value       = aws_rds_cluster.this.reader_endpoint
}

output "instance_identifiers" {
  description = "Identifiers of the instances, the writer first as made."
  value       = aws_rds_cluster_instance.this[*].identifier
}

output "secret_arn" {
  description = "Secret with the administrator's login; null in a secondary cluster."
  value = (
    var.login == "secret" ? module.secret[0].arn :
    var.login == "rds" ? aws_rds_cluster.this.master_user_secret[0].secret_arn : null
  )
}

output "global_id" {
  description = "Id of the global database that this cluster made; null: none."
  value       = one(aws_rds_global_cluster.this[*].id)
}
