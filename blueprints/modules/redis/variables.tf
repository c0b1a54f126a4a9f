variable "name" {
  description = "Name of the environment; subnet group, parameter group and log group carry it."
  type        = string
}

variable "replication_group_id" {
  description = "Id of the replication group, at most 40 characters; null: `name`, cut to that."
  type        = string
  default     = null
}

variable "node_type" {
  description = "Class of the nodes, e.g. `cache.t4g.micro`."
  type        = string
}

variable "engine_version" {
  description = "Version of Redis, `7.0` or `7.1`."
  type        = string
  default     = "7.1"
}

variable "shards" {
  description = "Keys are spread over them; their number can change later."
  type        = number
  default     = 1
}

variable "replicas_per_shard" {
  description = "Nodes in other zones; one takes over when the primary fails."
  type        = number
  default     = 2
}

variable "eviction" {
  description = "Which keys Redis lets go when memory is full (`maxmemory-policy`)."
  type        = string
  default     = "volatile-lru"
}

variable "snapshot_days" {
  description = "Days for which daily snapshots are kept; 0 keeps none."
  type        = number
  default     = 7
}

variable "secret_name" {
  description = "Name of the secret with the AUTH token; null in a secondary, which has its primary's."
  type        = string
  default     = null
}

variable "secret_replica_region" {
  description = "Region that gets a copy of the AUTH token; null: none."
  type        = string
  default     = null
}

variable "make_global" {
  description = "Suffix of a global datastore to make, with this cache as its primary; null: none."
  type        = string
  default     = null
}

variable "join_global" {
  description = "Id of a global datastore to join as a secondary; null: none."
  type        = string
  default     = null
}

variable "subnet_ids" {
  description = "Database subnets, in two zones at least."
  type        = list(string)
}

variable "security_group_id" {
  description = "Group that guards the nodes."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts data and the secret."
  type        = string
}

variable "logs_kms_key_arn" {
  description = "Key that encrypts the log of slow commands."
  type        = string
}

variable "log_retention_days" {
  description = "Days for which the log is kept."
  type        = number
  default     = 30
}

variable "tags" {
  description = "Tags of everything, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
