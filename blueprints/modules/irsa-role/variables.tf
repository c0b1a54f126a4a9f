variable "name" {
  description = "Start of the role's name; cut to 37 characters."
  type        = string
}

variable "description" {
  description = "Who takes the role, and what for."
  type        = string
}

variable "oidc_provider_arn" {
  description = "IAM provider of the cluster's issuer."
  type        = string
}

variable "oidc_issuer" {
  description = "Issuer of the cluster's tokens, without `https://`."
  type        = string
}

variable "namespace" {
  description = "Namespace of the service account."
  type        = string
}

variable "service_account" {
  description = "The one service account that may take the role."
  type        = string
}

variable "policies" {
  description = "Policies of the role as JSON, by name."
  type        = map(string)
  default     = {}
}

variable "managed_policy_arns" {
  description = "Policies of AWS's own that the role has."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of the role, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
