variable "name" {
  description = "Value of the Name tag."
  type        = string
}

variable "description" {
  description = "What the group guards."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the group."
  type        = string
}

variable "clients" {
  description = "Groups that connect to this one, by a stable name: each gets a rule out, this group a rule in. `to_port` is for ranges."
  type = map(object({
    security_group_id = string
    port              = number
    to_port           = optional(number)
    description       = string
  }))
  default = {}
}

variable "servers" {
  description = "Groups to which this one connects, by a stable name: each gets a rule in, this group a rule out."
  type = map(object({
    security_group_id = string
    port              = number
    description       = string
  }))
  default = {}
}

variable "ingress_cidrs" {
  description = "Address ranges that connect to this group, by a stable name."
  type = map(object({
    cidr        = string
    port        = number
    description = string
  }))
  default = {}
}

variable "among_members" {
  description = "Sentence beside a rule that lets members of the group speak to one another on every port; null: no such rule."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of the group, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
