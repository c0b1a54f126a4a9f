variable "alias" {
  description = "Alias of the key, without `alias/`."
  type        = string
}

variable "description" {
  description = "What the key encrypts."
  type        = string
}

variable "account_id" {
  description = "Account whose administrators manage the key by IAM."
  type        = string
}

variable "region" {
  description = "Region of the key."
  type        = string
}

variable "pending_window_days" {
  description = "How long the key can be rescued after it is deleted, 7 to 30 days."
  type        = number
  default     = 7

  validation {
    condition     = var.pending_window_days >= 7 && var.pending_window_days <= 30
    error_message = "AWS keeps a deleted key for 7 to 30 days: choose a number of days in that range."
  }
}

variable "allow_logs" {
  description = "Lets CloudWatch Logs of the account and region encrypt log groups with the key."
  type        = bool
  default     = false
}

variable "allowed_services" {
  description = "Services of the account that may use the key for messages and files they write, e.g. `cloudwatch.amazonaws.com`."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of the key, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
