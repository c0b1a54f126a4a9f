variable "cluster_name" {
  description = "Cluster of the nodes; its networking must stand (`ready_name` of the module eks)."
  type        = string
}

variable "name" {
  description = "Name of the group within the cluster."
  type        = string
  default     = "main"
}

variable "subnet_ids" {
  description = "Private subnets that reach the internet by NAT."
  type        = list(string)
}

variable "security_group_id" {
  description = "Group of the nodes."
  type        = string
}

variable "instance_types" {
  description = "Types in order of preference."
  type        = list(string)
}

variable "capacity_type" {
  description = "`ON_DEMAND`, or `SPOT`, which is cheaper and may be taken back at two minutes' notice."
  type        = string
  default     = "ON_DEMAND"

  validation {
    condition     = contains(["ON_DEMAND", "SPOT"], var.capacity_type)
    error_message = "Choose ON_DEMAND or SPOT."
  }
}

variable "min_size" {
  description = "Fewest nodes."
  type        = number
}

variable "desired_size" {
  description = "Nodes asked for; the cluster autoscaler moves the number between the fewest and the most."
  type        = number
}

variable "max_size" {
  description = "Most nodes."
  type        = number
}

variable "volume_gb" {
  description = "Volume of a node in GB."
  type        = number
  default     = 20
}

variable "metadata_for_pods" {
  description = "Lets pods ask the instance who it is, which the CloudWatch agent must; else metadata ends at the node."
  type        = bool
  default     = false
}

variable "taints" {
  description = "Keep pods away that do not tolerate them."
  type = list(object({
    key    = string
    value  = string
    effect = string
  }))
  default = []
}

variable "instance_tags" {
  description = "Tags of instances, volumes and network interfaces, which take none from the group nor from the provider."
  type        = map(string)
  default     = {}
}

variable "tags" {
  description = "Tags of group, template and role, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
