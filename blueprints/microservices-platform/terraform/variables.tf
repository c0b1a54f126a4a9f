variable "name" {
  description = "Name of the environment's resources."
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
  description = "Addresses of the VPC, a /16 to /20."
  type        = string
}

variable "availability_zones" {
  description = "Zones of the environment, 1 to 3."
  type        = list(string)
}

variable "tags" {
  description = "Tags of every resource that takes them."
  type        = map(string)
  default     = {}
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes."
  type        = string
  default     = "1.33"
}

variable "api_public_access_cidrs" {
  description = "Address ranges that reach the Kubernetes API over the internet; none: from within the VPC only."
  type        = list(string)
  default     = []
}

variable "container_insights" {
  description = "Node and pod metrics in CloudWatch, with alarms; AWS charges by the metric."
  type        = bool
  default     = true
}

variable "node_instance_types" {
  description = "Instance types in order of preference."
  type        = list(string)
  default     = ["t3.medium", "t3.large"]
}

variable "node_volume_gb" {
  description = "Volume of a node in GB."
  type        = number
  default     = 20
}

variable "node_capacity_type" {
  description = "ON_DEMAND, or SPOT, which is cheaper and may be taken back at two minutes' notice."
  type        = string
  default     = "ON_DEMAND"
}

variable "node_min_size" {
  description = "Fewest nodes."
  type        = number
  default     = 1
}

variable "node_desired_size" {
  description = "Nodes at the start."
  type        = number
  default     = 3
}

variable "node_max_size" {
  description = "Most nodes."
  type        = number
  default     = 20
}

variable "db_engine_version" {
  description = "Version of PostgreSQL."
  type        = string
  default     = "15.13"
}

variable "db_instance_class" {
  description = "Instance class of the database."
  type        = string
  default     = "db.t3.micro"
}

variable "db_storage_gb" {
  description = "Storage in GB; it can grow later, but never shrink."
  type        = number
  default     = 20
}

variable "db_multi_az" {
  description = "Standby in another zone."
  type        = bool
  default     = false
}

variable "db_backup_retention_days" {
  description = "Days for which backups are kept."
  type        = number
  default     = 7
}

variable "db_read_replicas" {
  description = "Read replicas."
  type        = number
  default     = 0
}

variable "db_max_connections" {
  description = "Connections that applications may hold at once."
  type        = number
  default     = 100
}

variable "db_monitoring_seconds" {
  description = "Seconds between operating-system metrics; 0 switches them off."
  type        = number
  default     = 60
}

variable "db_deletion_protection" {
  description = "AWS refuses to delete the database until it is switched off."
  type        = bool
  default     = false
}

variable "db_final_snapshot" {
  description = "Keeps a last snapshot when the database is destroyed."
  type        = bool
  default     = false
}

variable "nat_gateways" {
  description = "One shared NAT gateway, or one per-zone."
  type        = string
  default     = "one"
}

variable "flow_logs" {
  description = "Records which address spoke to which, refused or not."
  type        = bool
  default     = true
}

variable "domain_name" {
  description = "Serves HTTPS under this name; empty: plain HTTP."
  type        = string
  default     = ""
}

variable "hosted_zone_id" {
  description = "Route 53 public zone of the domain, in the same account."
  type        = string
  default     = ""
}

variable "log_retention_days" {
  description = "Days for which logs are kept."
  type        = number
  default     = 30
}

variable "audit_trail" {
  description = "CloudTrail of management calls and of every access to the buckets."
  type        = bool
  default     = false
}

variable "alarm_email" {
  description = "Mail address for alarms; empty: nobody is mailed."
  type        = string
  default     = ""
}

variable "data_classification" {
  description = "A tag on everything that keeps data."
  type        = string
  default     = "confidential"
}
