variable "name" {
  description = "Environment whose entry it is."
  type        = string
}

variable "account_id" {
  description = "Account of the load balancer."
  type        = string
}

variable "region" {
  description = "Region of the load balancer."
  type        = string
}

variable "vpc_id" {
  description = "VPC of load balancer and pods."
  type        = string
}

variable "subnet_ids" {
  description = "Public subnets, in two zones at least."
  type        = list(string)
}

variable "node_security_group_id" {
  description = "Group of the nodes, which lets the load balancer in."
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
  description = "Known once the bucket's policy holds `logs_policy`."
  type        = string
}

variable "target_port" {
  description = "Port on which the pods behind it listen."
  type        = number
}

variable "health_check_path" {
  description = "Path that healthy pods answer with 200 to 399."
  type        = string
}

variable "domain" {
  description = "Name of the site and the zone that proves its certificate; null: plain HTTP under AWS's own name."
  type = object({
    name           = string
    hosted_zone_id = string
  })
  default = null
}

variable "routing" {
  description = "Makes the load balancer one of several behind the name; as in routed-record. Null: the only one."
  type = object({
    failover  = optional(string)
    weight    = optional(number)
    continent = optional(string)
  })
  default = null
}

variable "cdn" {
  description = "CloudFront: `own`, made here; `elsewhere`, made by another region's environment, whose origin's name is used; `none`."
  type        = string
  default     = "none"

  validation {
    condition     = contains(["own", "elsewhere", "none"], var.cdn)
    error_message = "Choose own, elsewhere or none."
  }
}

variable "origin_shield" {
  description = "One more cache of CloudFront, in the load balancer's region."
  type        = bool
  default     = false
}

variable "request_limit" {
  description = "Requests of one address in five minutes, above which the web firewall refuses it; null: no firewall."
  type        = number
  default     = null
}

variable "allowed_cidrs" {
  description = "Ranges that reach the load balancer; none: everybody."
  type        = list(string)
  default     = []
}

variable "log_retention_days" {
  description = "Days for which logs of CloudFront are kept."
  type        = number
  default     = 30
}

variable "data_tags" {
  description = "Tags of what keeps data: the bucket of CloudFront's logs."
  type        = map(string)
  default     = {}
}

variable "tags" {
  description = "Tags of everything, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
