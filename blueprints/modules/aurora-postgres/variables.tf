variable "identifier" {
  description = "Identifier of the cluster; instances add `-1` and so on."
  type        = string
}

variable "database_name" {
  description = "Database that is made first; not used in a secondary cluster."
  type        = string
  default     = null
}

variable "engine_version" {
  description = "Version of Aurora PostgreSQL, e.g. `16.9`."
  type        = string
  default     = "16.9"
}

variable "instance_class" {
  description = "Class of the instances, like `db.r5.large`; null: Serverless v2."
  type        = string
  default     = null
}

variable "serverless" {
  description = "Bounds of Serverless v2 in ACU of about 2 GB; null where `instance_class` is given."
  type = object({
    minimum = number
    maximum = number
  })
  default = null
}

variable "instances" {
  description = "The first writes; in a secondary cluster all read."
  type        = number
  default     = 2
}

variable "backup_retention_days" {
  description = "Any second of these days can be restored, 1 to 35."
  type        = number
  default     = 7
}

variable "deletion_protection" {
  description = "AWS refuses to delete the cluster until it is switched off."
  type        = bool
  default     = false
}

variable "final_snapshot" {
  description = "Keeps a last snapshot when the cluster is destroyed."
  type        = bool
  default     = false
}

variable "login" {
  description = "Who keeps the administrator's password: `rds`, in a secret that RDS rotates; `secret`, in one of ours, which a global database needs; `none`, in a secondary cluster, which has the primary's."
  type        = string
  default     = "rds"

  validation {
    condition     = contains(["rds", "secret", "none"], var.login)
    error_message = "Choose rds, secret or none."
  }
}

variable "secret_name" {
  description = "Name of our secret, with `login = \"secret\"`."
  type        = string
  default     = null
}

variable "secret_replica_region" {
  description = "Region that gets a copy of our secret, for a second cluster there; null: none."
  type        = string
  default     = null
}

variable "rotation" {
  description = "Function of the account that changes the password of our secret, and every how many days; null: it is not changed."
  type = object({
    function_arn = string
    days         = number
  })
  default = null
}

variable "make_global" {
  description = "Id of a global database to make, with this cluster as its first; null: none."
  type        = string
  default     = null
}

variable "join_global" {
  description = "Id of a global database to join as a secondary cluster; null: none."
  type        = string
  default     = null
}

variable "subnet_ids" {
  description = "Database subnets, in two zones at least."
  type        = list(string)
}

variable "security_group_id" {
  description = "Group that guards the cluster."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts storage, backups, the secret and performance data."
  type        = string
}

variable "logs_kms_key_arn" {
  description = "Key that encrypts the logs."
  type        = string
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
