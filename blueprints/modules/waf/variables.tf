variable "name" {
  description = "Name of the firewall."
  type        = string
}

variable "load_balancer_arn" {
  description = "What it stands before."
  type        = string
}

variable "request_limit" {
  description = "Requests of one address in five minutes; what is above is refused."
  type        = number
  default     = 2000
}

variable "tags" {
  description = "Tags of the firewall, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
