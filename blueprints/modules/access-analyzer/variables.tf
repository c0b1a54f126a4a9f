variable "name" {
  description = "Name of the analyzer."
  type        = string
}

variable "tags" {
  description = "Tags of the analyzer, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
