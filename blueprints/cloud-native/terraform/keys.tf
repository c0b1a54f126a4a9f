module "data_key" {
  source = "../../modules/kms-key"

  alias       = "${var.name}/data"
  description = "Data, secrets and images of ${var.name}"
  account_id  = var.account_id
  region      = var.region

  # Topics speak to the encrypted queue.
  allowed_services = ["sns.amazonaws.com"]
}

module "cluster_key" {
  source = "../../modules/kms-key"

  alias       = "${var.name}/cluster"
  description = "Kubernetes secrets of ${var.name}"
  account_id  = var.account_id
  region      = var.region
}

module "operations_key" {
  source = "../../modules/kms-key"

  alias            = "${var.name}/operations"
  description      = "Logs and alarms of ${var.name}"
  account_id       = var.account_id
  region           = var.region
  allow_logs       = true
  allowed_services = ["cloudwatch.amazonaws.com"]
}
