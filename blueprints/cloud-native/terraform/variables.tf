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
  description = "Instance types. Of on-demand nodes, in order of preference."
  type        = list(string)
  default     = ["t3.large"]

  validation {
    condition     = alltrue([for item in var.node_instance_types : contains(["t3.medium", "t3.large", "t3.xlarge", "m5.large"], item)]) && length(var.node_instance_types) >= 1 && length(var.node_instance_types) <= 4 && length(distinct(var.node_instance_types)) == length(var.node_instance_types)
    error_message = "Choose at least one of t3.medium, t3.large, t3.xlarge, m5.large."
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

variable "node_min_size" {
  description = "Fewest nodes."
  type        = number
  default     = 3

  validation {
    condition     = var.node_min_size >= 1 && var.node_min_size <= 30 && floor(var.node_min_size) == var.node_min_size
    error_message = "Choose 1 to 30, not above the desired number."
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
    condition     = var.node_desired_size >= 1 && var.node_desired_size <= 30 && floor(var.node_desired_size) == var.node_desired_size
    error_message = "Choose 1 to 30, between the fewest and the most."
  }

  validation {
    condition     = var.node_desired_size <= var.node_max_size
    error_message = "The nodes at the start are above the most nodes; lower the one or raise the other."
  }
}

variable "node_max_size" {
  description = "Most nodes."
  type        = number
  default     = 9

  validation {
    condition     = var.node_max_size >= 1 && var.node_max_size <= 30 && floor(var.node_max_size) == var.node_max_size
    error_message = "Choose 1 to 30, not below the desired number."
  }
}

variable "spot_instance_types" {
  description = "Instance types of spot nodes. The more there are, the rarer all are taken back at once."
  type        = list(string)
  default     = ["t3.large", "t3a.large"]

  validation {
    condition     = alltrue([for item in var.spot_instance_types : contains(["t3.medium", "t3.large", "t3a.large", "m5.large"], item)]) && length(var.spot_instance_types) >= 1 && length(var.spot_instance_types) <= 4 && length(distinct(var.spot_instance_types)) == length(var.spot_instance_types)
    error_message = "Choose at least one of t3.medium, t3.large, t3a.large, m5.large."
  }
}

variable "spot_min_size" {
  description = "Fewest spot nodes."
  type        = number
  default     = 2

  validation {
    condition     = var.spot_min_size >= 0 && var.spot_min_size <= 20 && floor(var.spot_min_size) == var.spot_min_size
    error_message = "Choose 0 to 20, not above the number at the start."
  }

  validation {
    condition     = var.spot_min_size <= var.spot_desired_size
    error_message = "The fewest nodes are above the nodes at the start; lower the one or raise the other."
  }
}

variable "spot_desired_size" {
  description = "Spot nodes at the start. Spot nodes are cheaper and may be taken back at two minutes’ notice; pods that must not be moved stay off them by their taint."
  type        = number
  default     = 2

  validation {
    condition     = var.spot_desired_size >= 0 && var.spot_desired_size <= 20 && floor(var.spot_desired_size) == var.spot_desired_size
    error_message = "Choose 0 to 20, between the fewest and the most."
  }

  validation {
    condition     = var.spot_desired_size <= var.spot_max_size
    error_message = "The nodes at the start are above the most nodes; lower the one or raise the other."
  }
}

variable "spot_max_size" {
  description = "Most spot nodes."
  type        = number
  default     = 6

  validation {
    condition     = var.spot_max_size >= 0 && var.spot_max_size <= 20 && floor(var.spot_max_size) == var.spot_max_size
    error_message = "Choose 0 to 20, not below the number at the start."
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
  default     = 2

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

variable "db_min_capacity" {
  description = "Least capacity. What is paid for at rest. In ACU."
  type        = number
  default     = 0.5

  validation {
    condition     = contains([0.5, 1, 2, 4, 8, 16], var.db_min_capacity)
    error_message = "Choose 0.5, 1, 2, 4, 8 or 16 ACU, not above the most."
  }

  validation {
    condition     = var.db_min_capacity <= var.db_max_capacity
    error_message = "The least capacity is above the most; lower the one or raise the other."
  }
}

variable "db_max_capacity" {
  description = "Most capacity. In ACU."
  type        = number
  default     = 16

  validation {
    condition     = contains([1, 2, 4, 8, 16, 32, 64], var.db_max_capacity)
    error_message = "Choose 1 to 64 ACU, not below the least."
  }
}

variable "rotation_function_arn" {
  description = "Function that rotates secrets. Lambda function that is in the account already, e.g. AWS’s SecretsManagerRDSPostgreSQLRotationSingleUser. Empty: the password is not rotated."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^arn:aws:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,64}$", var.rotation_function_arn))
    error_message = "Give the ARN of a function, like arn:aws:lambda:us-east-1:123456789012:function:rotate, or leave it empty."
  }
}

variable "rotation_days" {
  description = "Secrets rotated every. In days."
  type        = number
  default     = 90

  validation {
    condition     = var.rotation_days >= 1 && var.rotation_days <= 90 && floor(var.rotation_days) == var.rotation_days
    error_message = "Choose 1 to 90 days."
  }
}

variable "cache_node_type" {
  description = "Node type."
  type        = string
  default     = "cache.r7g.large"

  validation {
    condition     = contains(["cache.t4g.small", "cache.t4g.medium", "cache.r7g.large", "cache.r7g.xlarge"], var.cache_node_type)
    error_message = "Choose one of cache.t4g.small, cache.t4g.medium, cache.r7g.large, cache.r7g.xlarge."
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
  default     = 1

  validation {
    condition     = var.cache_shards >= 1 && var.cache_shards <= 30 && floor(var.cache_shards) == var.cache_shards
    error_message = "Choose 1 to 30 shards."
  }
}

variable "cache_replicas" {
  description = "Replicas of a shard. In other zones; one takes over when the primary fails. None: no failover. In nodes."
  type        = number
  default     = 2

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

variable "role" {
  description = "Role of this region. A primary makes what a standby in another region joins; single has no second region."
  type        = string
  default     = "single"

  validation {
    condition     = contains(["single", "primary", "standby"], var.role)
    error_message = "Choose single, primary or standby."
  }
}

variable "partner_stack" {
  description = "Stack of the other region. For a standby the primary’s, e.g. slipway-shop-prod. For a primary the standby’s, once it is there: objects are copied to it from then on."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^slipway-[a-z][a-z0-9-]{0,61}$", var.partner_stack))
    error_message = "Give the name of the stack, like slipway-shop-prod, or leave it empty."
  }
}

variable "partner_region" {
  description = "The other region. For a primary the standby’s, which gets a copy of the secrets from the start."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^[a-z]{2}(-[a-z]+)+-[0-9]$", var.partner_region))
    error_message = "Give a region like us-west-2, or leave it empty."
  }
}

variable "cache_replication" {
  description = "Cache in both regions. For a primary: makes the global datastore that a standby’s cache follows. Off: each region has its own, warmed from snapshots. Switch it off before a standby is destroyed."
  type        = bool
  default     = true
}

variable "global_cache" {
  description = "Cache to follow. For a standby: the global datastore of the primary, its output GlobalCache. Empty: a cache of its own."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^$|^[a-z][a-z0-9-]{1,62}$", var.global_cache))
    error_message = "Give the id, like ldgnf-shop-prod, or leave it empty."
  }
}

variable "routing" {
  description = "Routing between regions. Failover keeps the standby idle. The other two make both serve: let reads only be written there."
  type        = string
  default     = "failover"

  validation {
    condition     = contains(["failover", "weighted", "geolocation"], var.routing)
    error_message = "Choose failover, weighted or geolocation."
  }
}

variable "routing_weight" {
  description = "Weight of this region. Share of this region by its part of the sum of weights."
  type        = number
  default     = 100

  validation {
    condition     = var.routing_weight >= 0 && var.routing_weight <= 255 && floor(var.routing_weight) == var.routing_weight
    error_message = "Choose 0 to 255."
  }
}

variable "routing_continent" {
  description = "Continent of this region. Whom it serves with geolocation; one region takes the rest."
  type        = string
  default     = "rest"

  validation {
    condition     = contains(["rest", "AF", "AN", "AS", "EU", "NA", "OC", "SA"], var.routing_continent)
    error_message = "Choose rest, AF, AN, AS, EU, NA, OC or SA."
  }
}

variable "web_firewall" {
  description = "Web firewall. AWS’s rules against the OWASP Top 10, known bad input and bad addresses, and a limit by address."
  type        = bool
  default     = true
}

variable "request_limit" {
  description = "Requests of one address. In five minutes; what is above is refused."
  type        = number
  default     = 2000

  validation {
    condition     = var.request_limit >= 100 && var.request_limit <= 2000000 && floor(var.request_limit) == var.request_limit
    error_message = "Choose 100 to 2000000 requests."
  }
}

variable "cdn" {
  description = "CloudFront. Caches at the edge. With a domain it takes certificates of us-east-1 only, so the environment must be there."
  type        = bool
  default     = true
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
