variable "identifier" {
  description = "Identifier of the instance; replicas add `-replica-1` and so on."
  type        = string
}

variable "source_arn" {
  description = "ARN of an instance of another region of which this one is a replica; null: a database of its own. A replica takes login, name and settings from its source."
  type        = string
  default     = null
}

variable "database_name" {
  description = "Database that is made first."
  type        = string
  default     = null
}

variable "secret_name" {
  description = "Name of the secret with the administrator's login."
  type        = string
  default     = null
}

variable "secret_replica_region" {
  description = "Region that gets a copy of the secret, for a replica there; null: none."
  type        = string
  default     = null
}

variable "rotation" {
  description = "Function of the account that changes the password, and every how many days; null: it is not changed."
  type = object({
    function_arn = string
    days         = number
  })
  default = null
}

variable "engine_version" {
  description = "Version of PostgreSQL, e.g. `15.13`."
  type        = string
  default     = "15.13"
}

variable "instance_class" {
  description = "Class of instance and replicas, e.g. `db.t3.small`."
  type        = string
}

variable "storage_gb" {
  description = "Storage in GB, of type gp3; it can grow later, but never shrink."
  type        = number
  default     = 20
}

variable "iops" {
  description = "Operations a second of gp3 from 400 GB on, where RDS has 12,000 without asking; null below."
  type        = number
  default     = null
}

variable "multi_az" {
  description = "Standby in another zone."
  type        = bool
  default     = false
}

variable "backup_retention_days" {
  description = "Any second of these days can be restored, 1 to 35."
  type        = number
  default     = 7
}

variable "deletion_protection" {
  description = "AWS refuses to delete the database until it is switched off."
  type        = bool
  default     = false
}

variable "final_snapshot" {
  description = "Keeps a last snapshot when the database is destroyed."
  type        = bool
  default     = false
}

variable "read_replicas" {
  description = "Replicas in the same region, 0 to 5."
  type        = number
  default     = 0
}

variable "max_connections" {
  description = "Connections that applications may hold at once; three more are kept for operators."
  type        = number
  default     = 100
}

variable "monitoring_seconds" {
  description = "Seconds between operating-system metrics: 0, 1, 5, 10, 15, 30 or 60."
  type        = number
  default     = 60
}

variable "subnet_ids" {
  description = "Database subnets, in two zones at least."
  type        = list(string)
}

variable "security_group_id" {
  description = "Group that guards the instances."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of this region that encrypts storage, backups, the secret and performance data."
  type        = string
}

variable "logs_kms_key_arn" {
  description = "Key that encrypts the logs; not used by a replica of another region, which exports none."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days for which logs are kept."
  type        = number
  default     = 30
}

variable "tags" {
  description = "Tags of everything, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
