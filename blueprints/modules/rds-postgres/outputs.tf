output "identifier" {
  description = "Identifier of the instance."
  value       = aws_db_instance.this.identifier
}

output "arn" {
  description = "ARN of the instance, e.g. for a backup plan."
  value       = aws_db_instance.this.arn
}

output "address" {
  description = "Address that takes writes; a replica's takes reads until it is promoted."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "Port of the database."
  value       = aws_db_instance.this.port
}

output "reader_address" {
  description = "Address of the first replica, else of the instance itself."
  value       = length(aws_db_instance.replica) > 0 ? aws_db_instance.replica[0].address : aws_db_instance.this.address
}

output "replica_identifiers" {
  description = "Identifiers of the replicas in this region."
  value       = aws_db_instance.replica[*].identifier
}

output "secret_arn" {
  description = "Secret with the administrator's login; null for a replica, which has its source's."
  value       = one(module.secret[*].arn)
}
