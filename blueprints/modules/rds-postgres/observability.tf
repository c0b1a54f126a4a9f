data "aws_partition" "current" {}

data "aws_iam_policy_document" "monitoring" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["monitoring.rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "monitoring" {
  count = local.is_primary && var.monitoring_seconds > 0 ? 1 : 0

  name_prefix        = "${substr(var.identifier, 0, 21)}-monitoring-"
  description        = "Operating-system metrics of ${var.identifier}"
  assume_role_policy = data.aws_iam_policy_document.monitoring.json
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  count = length(aws_iam_role.monitoring)

  role       = aws_iam_role.monitoring[0].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

# RDS would make these on first use, without key and without end.
resource "aws_cloudwatch_log_group" "this" {
  for_each = local.is_primary ? {
    for pair in setproduct(concat([var.identifier], local.replica_identifiers), local.log_kinds) :
    "${pair[0]}/${pair[1]}" => pair
  } : {}

  name              = "/aws/rds/instance/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_kms_key_arn
  tags              = var.tags
}
