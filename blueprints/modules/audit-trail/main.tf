data "aws_partition" "current" {}

locals {
  prefix    = "audit"
  trail_arn = "arn:${data.aws_partition.current.partition}:cloudtrail:${var.region}:${var.account_id}:trail/${var.name}"
}

data "aws_iam_policy_document" "bucket" {
  dynamic "statement" {
    for_each = {
      "s3:GetBucketAcl" = var.bucket_arn
      "s3:PutObject"    = "${var.bucket_arn}/${local.prefix}/AWSLogs/${var.account_id}/*"
    }

    content {
      actions   = [statement.key]
      resources = [statement.value]

      principals {
        type        = "Service"
        identifiers = ["cloudtrail.amazonaws.com"]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceArn"
        values   = [local.trail_arn]
      }
    }
  }
}

resource "aws_cloudtrail" "this" {
  count = var.enabled ? 1 : 0

  name                          = var.name
  s3_bucket_name                = var.bucket_name
  s3_key_prefix                 = local.prefix
  enable_logging                = true
  is_multi_region_trail         = false
  include_global_service_events = true
  enable_log_file_validation    = true
  tags                          = var.tags

  event_selector {
    read_write_type           = "All"
    include_management_events = true

    data_resource {
      type   = "AWS::S3::Object"
      values = [for arn in var.watched_bucket_arns : "${arn}/"]
    }
  }

  depends_on = [var.bucket_policy_id]
}
