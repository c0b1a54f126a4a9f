output "replication_group_id" {
  description = "Id of the replication group."
  value       = aws_elasticache_replication_group.this.id
}

output "address" {
  description = "Address by which clients learn the shards."
  value       = aws_elasticache_replication_group.this.configuration_endpoint_address
}

output "port" {
  description = "Port of Redis, by TLS."
  value       = local.port
}

output "node_ids" {
  description = "Ids of the nodes, as CloudWatch names them."
  value = flatten([
    for shard in range(var.shards) : [
      for node in range(var.replicas_per_shard + 1) :
      format("%s-%04d-%03d", aws_elasticache_replication_group.this.id, shard + 1, node + 1)
    ]
  ])
}

output "secret_arn" {
  description = "Secret with the AUTH token; null in a secondary."
  value       = one(module.secret[*].arn)
}

output "global_id" {
  description = "Id of the global datastore that this cache made; null: none."
  value       = one(aws_elasticache_global_replication_group.this[*].global_replication_group_id)
}
