variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes, e.g. `1.36`."
  type        = string
}

variable "account_id" {
  description = "Account whose people may become administrators of Kubernetes, with a second factor."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the cluster."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets, in two zones at least."
  type        = list(string)
}

variable "public_access_cidrs" {
  description = "Ranges that reach the Kubernetes API over the internet; none leaves it private."
  type        = list(string)
  default     = []
}

variable "webhook_ports" {
  description = "Ports of more webhooks, e.g. 15017 of Istio, beside 4443, 8443 and 9443."
  type        = list(number)
  default     = []
}

variable "secrets_kms_key_arn" {
  description = "Key that encrypts Kubernetes secrets."
  type        = string
}

variable "logs_kms_key_arn" {
  description = "Key that encrypts the control plane's logs."
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
