variable "cluster_name" {
  description = "Cluster that gets the add-ons."
  type        = string
}

variable "node_group_ids" {
  description = "Node groups that must be there first, for the add-ons run on nodes."
  type        = list(string)
}

variable "oidc_provider_arn" {
  description = "IAM provider of the cluster's issuer."
  type        = string
}

variable "oidc_issuer" {
  description = "Issuer of the cluster's tokens, without `https://`."
  type        = string
}

variable "container_insights" {
  description = "Node, pod and container metrics in CloudWatch; AWS charges by the metric."
  type        = bool
  default     = false
}

variable "volume_tags" {
  description = "Tags of the volumes that pods ask for, e.g. one that a backup plan looks for."
  type        = map(string)
  default     = {}
}

variable "tags" {
  description = "Tags of add-ons and roles, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
