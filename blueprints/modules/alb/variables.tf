variable "name" {
  description = "Value of the Name tag; AWS makes up the real name, which allows 32 characters only."
  type        = string
}

variable "account_id" {
  description = "Account of the load balancer."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the targets."
  type        = string
}

variable "subnet_ids" {
  description = "Public subnets, in two zones at least."
  type        = list(string)
}

variable "security_group_id" {
  description = "Group of the load balancer."
  type        = string
}

variable "logs_bucket_name" {
  description = "Bucket of the access logs, encrypted by S3's own key."
  type        = string
}

variable "logs_bucket_arn" {
  description = "ARN of that bucket."
  type        = string
}

variable "logs_bucket_policy_id" {
  description = "Known once the bucket's policy holds `logs_policy`: AWS tries to write when logs are switched on."
  type        = string
}

variable "target_port" {
  description = "Port on which the pods behind it listen."
  type        = number
}

variable "health_check_path" {
  description = "Path that healthy pods answer with 200 to 399."
  type        = string
  default     = "/healthz"
}

variable "domain" {
  description = "Serves HTTPS under this name, with a certificate proved through the zone; null: plain HTTP. `has_record` is false where another record leads here, e.g. one that fails over."
  type = object({
    name           = string
    hosted_zone_id = string
    other_names    = optional(list(string), [])
    has_record     = optional(bool, true)
  })
  default = null
}

variable "tags" {
  description = "Tags of everything, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
