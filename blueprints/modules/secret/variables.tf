variable "name" {
  description = "Name of the secret, e.g. `shop-dev/database`."
  type        = string
}

variable "description" {
  description = "What the secret opens."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the secret."
  type        = string
}

variable "fields" {
  description = "Fixed parts of the JSON, e.g. `{ username = \"app\" }`."
  type        = map(string)
  default     = {}
}

variable "generated_field" {
  description = "Name of the part that Secrets Manager makes up."
  type        = string
}

variable "length" {
  description = "Characters of the generated part; letters and digits only."
  type        = number
  default     = 40
}

variable "replica_region" {
  description = "Region that gets a copy under the same name; null: none."
  type        = string
  default     = null
}

variable "recovery_window_days" {
  description = "Days for which a deleted secret can be brought back: 0, or 7 to 30. With 0 its name is free at once."
  type        = number
  default     = 0
}

variable "generation" {
  description = "Raise it by one to make up a new value."
  type        = number
  default     = 1
}

variable "tags" {
  description = "Tags of the secret, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
