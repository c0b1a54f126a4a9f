variable "name" {
  description = "Name of the repository, e.g. `shop-dev/app`."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the images."
  type        = string
}

variable "kept_images" {
  description = "How many images stay."
  type        = number
  default     = 50
}

variable "untagged_days" {
  description = "Days after which untagged images go."
  type        = number
  default     = 7
}

variable "tags" {
  description = "Tags of the repository, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
