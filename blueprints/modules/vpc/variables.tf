variable "name" {
  description = "Start of every Name tag."
  type        = string
}

variable "region" {
  description = "Region of the VPC."
  type        = string
}

variable "account_id" {
  description = "Account of the VPC; only its flow logs may be written."
  type        = string
}

variable "cidr" {
  description = "Addresses of the VPC, a /16 to /20. AWS takes none larger than /16, and in one smaller than /20 the load balancer finds no /27."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.cidr)) && try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 20, false)
    error_message = "Give a block of /16 to /20, like 10.0.0.0/16."
  }

  validation {
    condition     = try(cidrsubnet(var.cidr, 0, 0) == var.cidr, false)
    error_message = "The block does not start at its own boundary; write it like 10.0.0.0/16."
  }
}

variable "availability_zones" {
  description = "Zones, 1 to 3; each gets a public, a private and a database subnet."
  type        = list(string)

  validation {
    condition     = length(var.availability_zones) >= 1 && length(var.availability_zones) <= 3
    error_message = "Give one to three zones."
  }
}

variable "nat_gateways" {
  description = "`one` shared NAT gateway, or one `per-zone`, which keeps the other zones online when a zone fails."
  type        = string
  default     = "one"

  validation {
    condition     = contains(["one", "per-zone"], var.nat_gateways)
    error_message = "Choose one or per-zone."
  }
}

variable "cluster_name" {
  description = "Cluster whose load balancers may use the subnets."
  type        = string
}

variable "flow_logs" {
  description = "Records which address spoke to which, refused or not."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "Days for which flow logs are kept."
  type        = number
  default     = 30
}

variable "logs_kms_key_arn" {
  description = "Key that encrypts the flow logs; needed with `flow_logs`."
  type        = string
  default     = null
}

variable "data_ports" {
  description = "TCP ports on which data is served. With any, a network ACL lets only these into the database subnets."
  type        = list(number)
  default     = []
}

variable "tags" {
  description = "Tags of everything, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
