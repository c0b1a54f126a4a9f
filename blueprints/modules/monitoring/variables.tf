variable "name" {
  description = "Name of the environment; alarms and dashboard begin with it."
  type        = string
}

variable "account_id" {
  description = "Account of the alarms."
  type        = string
}

variable "region" {
  description = "Region of the alarms."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts what the alarms say; CloudWatch must be allowed to use it."
  type        = string
}

variable "email" {
  description = "Told by mail, after they agree; null or empty: nobody."
  type        = string
  default     = null
}

variable "cluster" {
  description = "Nodes of an EKS cluster with Container Insights; null: no alarms."
  type = object({
    name          = string
    node_min_size = number
    node_max_size = number
  })
  default = null
}

variable "edge" {
  description = "Load balancer and target group by the ends of their ARNs, and what answers should take by whose target; null: no alarms."
  type = object({
    load_balancer = string
    target_group  = string
    percentile    = number
    milliseconds  = number
    document      = string
  })
  default = null
}

variable "postgres" {
  description = "An RDS instance and its replicas; null: no alarms."
  type = object({
    identifier          = string
    replica_identifiers = list(string)
    storage_gb          = number
    max_connections     = number
  })
  default = null
}

variable "aurora" {
  description = "An Aurora cluster; null: no alarms."
  type = object({
    identifier    = string
    instances     = number
    is_serverless = bool
    is_global     = bool
  })
  default = null
}

variable "cache" {
  description = "Nodes of Redis; null: no alarms."
  type = object({
    node_ids = list(string)
  })
  default = null
}

variable "kafka" {
  description = "A Kafka cluster; null: no alarms."
  type = object({
    name    = string
    brokers = number
  })
  default = null
}

variable "queue" {
  description = "A queue and the one of its failures; null: no alarms."
  type = object({
    name              = string
    dead_letters_name = string
  })
  default = null
}

variable "backup_vault" {
  description = "Vault of AWS Backup that takes the daily backups; null: no alarm."
  type        = string
  default     = null
}

variable "more_alarms" {
  description = "Other alarms, by the end of their name. `when` is `above`, `at-least` or `below`; `missing_data` as CloudWatch names it."
  type = map(object({
    description    = string
    namespace      = string
    metric_name    = string
    dimensions     = map(string)
    statistic      = string
    when           = string
    threshold      = number
    period_seconds = number
    periods        = number
    missing_data   = string
  }))
  default = {}
}

variable "graphs" {
  description = "Graphs of the dashboard, three in a row; each line is a metric with its dimensions and statistic. None: no dashboard."
  type = list(object({
    title     = string
    namespace = string
    lines = list(object({
      metric     = string
      dimensions = map(string)
      statistic  = string
    }))
  }))
  default = []
}

variable "log_groups" {
  description = "Log groups to make, by name, and for how many days they are kept."
  type        = map(number)
  default     = {}
}

variable "tags" {
  description = "Tags of everything, beside the provider's default tags."
  type        = map(string)
  default     = {}
}
