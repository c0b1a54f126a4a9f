variable "name" {
  description = "Name of the plan."
  type        = string
}

variable "account_id" {
  description = "Account whose resources are backed up."
  type        = string
}

variable "vault_name" {
  description = "Vault that keeps the backups. It is the account's: an environment that owned it could not be destroyed while it holds anything."
  type        = string
}

variable "make_vault" {
  description = "Makes the vault too, for a module used on its own; else it must be there."
  type        = bool
  default     = false
}

variable "vault_kms_key_arn" {
  description = "Key of the vault that is made; null: AWS Backup's own."
  type        = string
  default     = null
}

variable "copy_vault_arn" {
  description = "Vault of another region or account that gets a copy of each; null: none."
  type        = string
  default     = null
}

variable "keep_days" {
  description = "Days for which backups are kept."
  type        = number
  default     = 35
}

variable "resource_arns" {
  description = "What is backed up by name, by a stable name."
  type        = map(string)
  default     = {}
}

variable "tag" {
  description = "Tag of volumes that are backed up, e.g. those that pods asked for; null: none."
  type = object({
    key   = string
    value = string
  })
  default = null
}

variable "tags" {
  description = "Tags of plan and role, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
