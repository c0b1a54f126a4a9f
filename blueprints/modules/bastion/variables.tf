variable "name" {
  description = "Start of the Name tags; `-bastion` is added."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the host."
  type        = string
}

variable "subnet_id" {
  description = "A private subnet: Session Manager comes in from within."
  type        = string
}

variable "instance_type" {
  description = "Type of the host."
  type        = string
  default     = "t3.micro"
}

variable "instance_tags" {
  description = "Tags of the host and its volume, which take none from the provider."
  type        = map(string)
  default     = {}
}

variable "tags" {
  description = "Tags of everything, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
