variable "name" {
  description = "Name that several regions share."
  type        = string
}

variable "hosted_zone_id" {
  description = "Route 53 zone of the name."
  type        = string
}

variable "set_identifier" {
  description = "This region's among the records of the name."
  type        = string
}

variable "routing" {
  description = "How DNS chooses: exactly one of `failover` (`primary` or `standby`), `weight`, and `continent` (two letters, or `rest` for everybody else)."
  type = object({
    failover  = optional(string)
    weight    = optional(number)
    continent = optional(string)
  })

  validation {
    condition     = length([for value in values(var.routing) : value if value != null]) == 1
    error_message = "Give exactly one of failover, weight and continent."
  }
}

variable "load_balancer" {
  description = "AWS's own name of the load balancer, and the zone of that name."
  type = object({
    dns_name = string
    zone_id  = string
  })
}

variable "health_check_path" {
  description = "Path that a healthy region answers."
  type        = string
}

variable "tags" {
  description = "Tags of the health check, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
