variable "name" {
  description = "Start of the role's name."
  type        = string
}

variable "buckets" {
  description = "Buckets that are copied, and where to, by a stable name. Both sides must keep versions and be there first."
  type = map(object({
    name        = string
    target_name = string
  }))
}

variable "account_id" {
  description = "Account of source and target."
  type        = string
}

variable "target_region" {
  description = "Region of the copies."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the sources."
  type        = string
}

variable "target_key_alias" {
  description = "Alias of the key of the targets, without `alias/`."
  type        = string
}

variable "tags" {
  description = "Tags of the role, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
