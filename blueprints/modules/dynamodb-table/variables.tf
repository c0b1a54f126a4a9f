variable "name" {
  description = "Name of the table."
  type        = string
}

variable "partition_key" {
  description = "Name of the partition key, a string."
  type        = string
  default     = "pk"
}

variable "sort_key" {
  description = "Name of the sort key, a string."
  type        = string
  default     = "sk"
}

variable "kms_key_arn" {
  description = "Key that encrypts the table."
  type        = string
}

variable "tags" {
  description = "Tags of the table, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
