variable "name" {
  description = "Name of the cluster; its log group carries it."
  type        = string
}

variable "kafka_version" {
  description = "Version of Kafka, e.g. `3.9.x`."
  type        = string
  default     = "3.9.x"
}

variable "broker_type" {
  description = "Class of the brokers, e.g. `kafka.m5.large`."
  type        = string
}

variable "brokers" {
  description = "A multiple of the number of subnets."
  type        = number
  default     = 3

  validation {
    condition     = var.brokers > 0 && floor(var.brokers) == var.brokers
    error_message = "Give a whole number of brokers above 0."
  }
}

variable "storage_gb" {
  description = "Storage of each broker in GB when it is made; later it is what it has grown to."
  type        = number
}

variable "max_storage_gb" {
  description = "Up to how many GB storage grows by itself when it is fuller than 60 %; it never shrinks."
  type        = number
}

variable "subnet_ids" {
  description = "Subnets of the brokers, one in each zone."
  type        = list(string)
}

variable "security_group_id" {
  description = "Group that guards the brokers."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the volumes."
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
