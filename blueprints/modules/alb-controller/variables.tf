variable "cluster_name" {
  description = "Start of the role's name."
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

variable "target_group_arn" {
  description = "The one target group in which the controller registers pods."
  type        = string
}

variable "tags" {
  description = "Tags of the role, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
