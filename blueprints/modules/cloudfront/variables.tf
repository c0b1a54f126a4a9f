variable "name" {
  description = "Environment whose edge it is."
  type        = string
}

variable "origin_name" {
  description = "Name of the origin: the load balancer's, or one whose record chooses the region."
  type        = string
}

variable "origin_tls" {
  description = "Whether the origin speaks TLS under that name."
  type        = bool
}

variable "origin_shield_region" {
  description = "Region of one more cache before the origin; null: none."
  type        = string
  default     = null
}

variable "domain" {
  description = "Name of its own, with the zone that proves the certificate; only in us-east-1, from where CloudFront takes certificates. Null: CloudFront's own name."
  type = object({
    name           = string
    hosted_zone_id = string
  })
  default = null
}

variable "logs_bucket_domain_name" {
  description = "Regional name of the bucket of logs, which must accept access lists."
  type        = string
}

variable "tags" {
  description = "Tags of everything, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
