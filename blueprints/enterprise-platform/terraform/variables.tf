# Made from the blueprint’s parameters; see blueprints/modules/README.md.

variable "name" {
  description = "Name of the environment; resources carry it."
  type        = string
}

variable "region" {
  description = "Region of the environment."
  type        = string
}

variable "account_id" {
  description = "Account of the environment."
  type        = string
}

variable "cidr" {
  description = "Address range of the network."
  type        = string
}

variable "availability_zones" {
  description = "Zones of the network, in order."
  type        = list(string)
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
}

variable "kubernetes_version" {
  description = "Kubernetes version."
  type        = string
  default     = "1.36"

  validation {
    condition     = contains(["1.33", "1.34", "1.35", "1.36"], var.kubernetes_version)
    error_message = "Choose one of 1.33, 1.34, 1.35, 1.36."
  }
}

variable "api_public_access_cidrs" {
  description = "Public access to the Kubernetes API. Address ranges, e.g. 203.0.113.0/24, that reach the Kubernetes API over the internet. None: it is reached from within the VPC only."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for item in var.api_public_access_cidrs : can(regex("^((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)/(3[0-2]|[12]?\\d)$", item))]) && length(var.api_public_access_cidrs) <= 40 && length(distinct(var.api_public_access_cidrs)) == length(var.api_public_access_cidrs)
    error_message = "Give each range once, like 203.0.113.0/24; at most 40."
  }
}

variable "container_insights" {
  description = "Node and pod metrics in CloudWatch. Installs the CloudWatch agent and the alarms on CPU, memory and number of nodes. AWS charges by the metric."
  type        = bool
  default     = true
}

variable "node_instance_types" {
  description = "Instance types. In order of preference."
  type        = list(string)
  default     = ["m5.large"]

  validation {
    condition     = alltrue([for item in var.node_instance_types : contains(["t3.medium", "m5.large", "m5.xlarge"], item)]) && length(var.node_instance_types) >= 1 && length(var.node_instance_types) <= 3 && length(distinct(var.node_instance_types)) == length(var.node_instance_types)
    error_message = "Choose at least one of t3.medium, m5.large, m5.xlarge."
  }
}

variable "node_volume_gb" {
  description = "Volume of a node. In GB."
  type        = number
  default     = 50

  validation {
    condition     = var.node_volume_gb >= 20 && var.node_volume_gb <= 500 && floor(var.node_volume_gb) == var.node_volume_gb
    error_message = "Choose 20 to 500 GB."
  }
}

variable "node_capacity_type" {
  description = "Capacity. SPOT is cheaper and may be taken back at two minutes’ notice; for workloads that are not critical."
  type        = string
  default     = "ON_DEMAND"

  validation {
    condition     = contains(["ON_DEMAND", "SPOT"], var.node_capacity_type)
    error_message = "Choose ON_DEMAND or SPOT."
  }
}

variable "node_min_size" {
  description = "Fewest nodes."
  type        = number
  default     = 2

  validation {
    condition     = var.node_min_size >= 1 && var.node_min_size <= 20 && floor(var.node_min_size) == var.node_min_size
    error_message = "Choose 1 to 20, not above the desired number."
  }

  validation {
    condition     = var.node_min_size <= var.node_desired_size
    error_message = "The fewest nodes are above the nodes at the start; lower the one or raise the other."
  }
}

variable "node_desired_size" {
  description = "Nodes at the start. The cluster autoscaler moves it between the fewest and the most. One in each of three zones is 3."
  type        = number
  default     = 3

  validation {
    condition     = var.node_desired_size >= 1 && var.node_desired_size <= 20 && floor(var.node_desired_size) == var.node_desired_size
    error_message = "Choose 1 to 20, between the fewest and the most."
  }

  validation {
    condition     = var.node_desired_size <= var.node_max_size
    error_message = "The nodes at the start are above the most nodes; lower the one or raise the other."
  }
}

variable "node_max_size" {
  description = "Most nodes."
  type        = number
  default     = 6

  validation {
    condition     = var.node_max_size >= 1 && var.node_max_size <= 20 && floor(var.node_max_size) == var.node_max_size
    error_message = "Choose 1 to 20, not below the desired number."
  }
}

variable "db_instance_class" {
  description = "Instance class."
  type        = string
  default     = "db.r5.large"

  validation {
    condition     = contains(["db.t3.medium", "db.r5.large", "db.r5.xlarge", "db.r6g.large"], var.db_instance_class)
    error_message = "Choose one of db.t3.medium, db.r5.large, db.r5.xlarge, db.r6g.large."
  }
}

variable "db_engine_version" {
  description = "Aurora PostgreSQL version."
  type        = string
  default     = "16.9"

  validation {
    condition     = contains(["15.13", "16.9", "17.5"], var.db_engine_version)
    error_message = "Choose one of 15.13, 16.9, 17.5."
  }
}

variable "db_instances" {
  description = "Instances. The first writes, the others read and take over; AWS has at most 15 readers."
  type        = number
  default     = 3

  validation {
    condition     = var.db_instances >= 1 && var.db_instances <= 16 && floor(var.db_instances) == var.db_instances
    error_message = "Choose 1 to 16 instances."
  }
}

variable "db_backup_retention_days" {
  description = "Backups kept. Any second of these days can be restored."
  type        = number
  default     = 35

  validation {
    condition     = var.db_backup_retention_days >= 1 && var.db_backup_retention_days <= 35 && floor(var.db_backup_retention_days) == var.db_backup_retention_days
    error_message = "Choose 1 to 35 days."
  }
}

variable "db_deletion_protection" {
  description = "Deletion protection. AWS refuses to delete the database until it is switched off. Destroying the environment switches it off first, and its plan says so."
  type        = bool
  default     = false
}

variable "db_final_snapshot" {
  description = "Snapshot when destroyed. Keeps a last snapshot in AWS after the environment is gone; it costs storage until somebody deletes it."
  type        = bool
  default     = false
}

variable "cache_node_type" {
  description = "Node type."
  type        = string
  default     = "cache.m5.large"

  validation {
    condition     = contains(["cache.t3.small", "cache.m5.large", "cache.m5.xlarge"], var.cache_node_type)
    error_message = "Choose one of cache.t3.small, cache.m5.large, cache.m5.xlarge."
  }
}

variable "cache_engine_version" {
  description = "Redis version."
  type        = string
  default     = "7.1"

  validation {
    condition     = contains(["7.0", "7.1"], var.cache_engine_version)
    error_message = "Choose 7.0 or 7.1."
  }
}

variable "cache_shards" {
  description = "Shards. Keys are spread over them; their number can change later."
  type        = number
  default     = 3

  validation {
    condition     = var.cache_shards >= 1 && var.cache_shards <= 30 && floor(var.cache_shards) == var.cache_shards
    error_message = "Choose 1 to 30 shards."
  }
}

variable "cache_replicas" {
  description = "Replicas of a shard. In other zones; one takes over when the primary fails. None: no failover. In nodes."
  type        = number
  default     = 1

  validation {
    condition     = var.cache_replicas >= 0 && var.cache_replicas <= 5 && floor(var.cache_replicas) == var.cache_replicas
    error_message = "Choose 0 to 5 replicas."
  }
}

variable "cache_eviction" {
  description = "When memory is full. Which keys Redis lets go; noeviction refuses writes."
  type        = string
  default     = "volatile-lru"

  validation {
    condition     = contains(["volatile-lru", "allkeys-lru", "allkeys-lfu", "noeviction"], var.cache_eviction)
    error_message = "Choose volatile-lru, allkeys-lru, allkeys-lfu or noeviction."
  }
}

variable "cache_snapshot_days" {
  description = "Snapshots kept. Daily; 0 keeps none. In days."
  type        = number
  default     = 7

  validation {
    condition     = var.cache_snapshot_days >= 0 && var.cache_snapshot_days <= 35 && floor(var.cache_snapshot_days) == var.cache_snapshot_days
    error_message = "Choose 0 to 35 days."
  }
}

variable "network_acls" {
  description = "Network ACL of database subnets. Lets in connections from within the VPC to the ports of data only, whatever the security groups say."
  type        = bool
  default     = true
}

variable "only_cloudflare" {
  description = "Cloudflare only. The load balancer is reached from Cloudflare’s published addresses alone."
  type        = bool
  default     = false
}

variable "backup_vault" {
  description = "Vault of daily backups. A vault of AWS Backup that is in the account already. Empty: the database’s own backups only."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^[A-Za-z0-9_-]{2,50}$", var.backup_vault))
    error_message = "Give the name of a vault, like Default, or leave it empty."
  }
}

variable "backup_copy_vault_arn" {
  description = "Vault of copies. Of another region or account; gets a copy of each backup."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^arn:aws:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:[A-Za-z0-9_-]{2,50}$", var.backup_copy_vault_arn))
    error_message = "Give the ARN of a vault, like arn:aws:backup:us-west-2:123456789012:backup-vault:Default, or leave it empty."
  }
}

variable "backup_keep_days" {
  description = "Daily backups kept. In days."
  type        = number
  default     = 35

  validation {
    condition     = var.backup_keep_days >= 1 && var.backup_keep_days <= 365 && floor(var.backup_keep_days) == var.backup_keep_days
    error_message = "Choose 1 to 365 days."
  }
}

variable "nat_gateways" {
  description = "NAT gateways. One is cheaper; one per zone keeps the other zones online when a zone fails."
  type        = string
  default     = "one"

  validation {
    condition     = contains(["one", "per-zone"], var.nat_gateways)
    error_message = "Choose one or per-zone."
  }
}

variable "flow_logs" {
  description = "Flow logs. Records which address spoke to which, refused or not."
  type        = bool
  default     = true
}

variable "domain_name" {
  description = "Domain name. Serves HTTPS under this name. Empty: plain HTTP under the load balancer’s own name."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", var.domain_name)) && length(var.domain_name) <= 64
    error_message = "Give a name in lower case like shop.example.com, of at most 64 characters, or leave it empty."
  }
}

variable "hosted_zone_id" {
  description = "Hosted zone of the domain. Route 53 public zone in the same account: proves the certificate and gets the record. Goes with the domain name."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^Z[A-Z0-9]{1,31}$", var.hosted_zone_id))
    error_message = "Give the id of the zone, like Z0123456789ABCDEFGHIJ, or leave it empty."
  }
}

variable "log_retention_days" {
  description = "Logs kept. In days."
  type        = number
  default     = 30

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365, 400, 731], var.log_retention_days) && floor(var.log_retention_days) == var.log_retention_days
    error_message = "Choose one of 7, 14, 30, 60, 90, 180, 365, 400, 731 days."
  }
}

variable "audit_trail" {
  description = "Audit trail. CloudTrail of the region’s management calls and of every access to the environment’s buckets. A second trail in one account and region is charged."
  type        = bool
  default     = false
}

variable "alarm_email" {
  description = "Mail for alarms. AWS asks this address to agree first. Empty: nobody is mailed."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\\.)+[A-Za-z]{2,63}$", var.alarm_email)) && length(var.alarm_email) <= 254
    error_message = "Give a mail address like sre@example.com, or leave it empty."
  }
}

variable "data_classification" {
  description = "Data classification. A tag on everything that keeps data."
  type        = string
  default     = "confidential"

  validation {
    condition     = contains(["public", "internal", "confidential", "restricted"], var.data_classification)
    error_message = "Choose public, internal, confidential or restricted."
  }
}

variable "access_analyzer" {
  description = "Access Analyzer. IAM Access Analyzer tells what of the account can be reached from outside it. AWS allows one an account and region: switch it on in an environment that has the account to itself."
  type        = bool
  default     = false
}
