variable "enabled" {
  description = "Whether there is a trail. Instead of `count` on the module: the bucket's policy needs the module and the trail needs the policy, which Terraform takes for a cycle once the module has a count."
  type        = bool
  default     = true
}

variable "name" {
  description = "Name of the trail."
  type        = string
}

variable "account_id" {
  description = "Account of the trail."
  type        = string
}

variable "region" {
  description = "Region whose management calls are recorded."
  type        = string
}

variable "bucket_name" {
  description = "Bucket to which the trail is written."
  type        = string
}

variable "bucket_arn" {
  description = "ARN of that bucket."
  type        = string
}

variable "bucket_policy_id" {
  description = "Known once the bucket's policy holds `bucket_policy`."
  type        = string
}

variable "watched_bucket_arns" {
  description = "Buckets whose every read and write is recorded."
  type        = list(string)
}

variable "tags" {
  description = "Tags of the trail, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
