variable "name" {
  description = "Name of the bucket; null lets AWS make one up after `name_prefix`."
  type        = string
  default     = null
}

variable "name_prefix" {
  description = "Start of the made-up name, at most 37 characters."
  type        = string
  default     = null
}

variable "account_id" {
  description = "Account of the bucket."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the objects; null: S3's own, the only one that load balancers can log to."
  type        = string
  default     = null
}

variable "versioned" {
  description = "Keeps what was overwritten or deleted for 30 days."
  type        = bool
  default     = true
}

variable "expire_after_days" {
  description = "Days after which objects go; null keeps them."
  type        = number
  default     = null
}

variable "transitions" {
  description = "Where objects go as they age. Null: Standard-IA after 30 days and Glacier Instant Retrieval after 90, unless objects expire."
  type = list(object({
    storage_class = string
    after_days    = number
  }))
  default = null
}

variable "access_logs" {
  description = "Bucket for the log of requests; null: none."
  type = object({
    bucket = string
    prefix = string
  })
  default = null
}

variable "access_log_sources" {
  description = "Buckets whose log of requests is written here, by a stable name."
  type = map(object({
    bucket_arn = string
    prefix     = string
  }))
  default = {}
}

variable "accepts_access_lists" {
  description = "For CloudFront's logs, which are written by an access control list."
  type        = bool
  default     = false
}

variable "policy_documents" {
  description = "More statements of the bucket's policy, as JSON documents."
  type        = list(string)
  default     = []
}

variable "empty_on_destroy" {
  description = "Whether objects go with the bucket; else a bucket with objects cannot be destroyed."
  type        = bool
  default     = true
}

variable "tags" {
  description = "Tags of the bucket, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
