variable "name" {
  description = "Name of the queue and its topic; the queue of failures adds `-dead-letters`."
  type        = string
}


variable "kms_key_arn" {
  description = "Key that encrypts the messages; SNS must be allowed to use it."
  type        = string
}

variable "visibility_seconds" {
  description = "How long a worker may take before the message is handed out again."
  type        = number
}

variable "max_receives" {
  description = "Failed attempts after which a message is put aside."
  type        = number
}

variable "tags" {
  description = "Tags of queues and topic, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
