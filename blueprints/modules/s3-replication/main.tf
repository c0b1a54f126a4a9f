# Minutes within which S3 promises to have copied, with replication time control.
locals {
  minutes    = 15
  partition  = data.aws_partition.current.partition
  sources    = [for bucket in var.buckets : "arn:${local.partition}:s3:::${bucket.name}"]
  targets    = { for key, bucket in var.buckets : key => "arn:${local.partition}:s3:::${bucket.target_name}" }
  target_key = "arn:${local.partition}:kms:${var.target_region}:${var.account_id}:alias/${var.target_key_alias}"
}

data "aws_partition" "current" {}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_iam_role" "this" {
  name_prefix        = "${substr(var.name, 0, 24)}-copies-"
  description        = "Copies objects to ${var.target_region}"
  assume_role_policy = data.aws_iam_policy_document.assume.json
  tags               = var.tags
}

data "aws_iam_policy_document" "copy" {
  statement {
    actions   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
    resources = local.sources
  }

  statement {
    actions = [
      "s3:GetObjectVersionForReplication",
      "s3:GetObjectVersionAcl",
      "s3:GetObjectVersionTagging",
    ]
    resources = [for arn in local.sources : "${arn}/*"]
  }

  statement {
    actions   = ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"]
    resources = [for arn in values(local.targets) : "${arn}/*"]
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = [var.kms_key_arn]
  }

  statement {
    actions   = ["kms:Encrypt", "kms:GenerateDataKey"]
    resources = ["arn:${local.partition}:kms:${var.target_region}:${var.account_id}:key/*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "kms:ResourceAliases"
      values   = ["alias/${var.target_key_alias}"]
    }
  }
}

resource "aws_iam_role_policy" "copy" {
  name   = "copy"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.copy.json
}

resource "aws_s3_bucket_replication_configuration" "this" {
  for_each = var.buckets

  bucket = each.value.name
  role   = aws_iam_role.this.arn

  rule {
    id       = "to-the-other-region"
    status   = "Enabled"
    priority = 1

    filter {
      prefix = ""
    }

    delete_marker_replication {
      status = "Enabled"
    }

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket  = local.targets[each.key]
      account = var.account_id

      encryption_configuration {
        replica_kms_key_id = local.target_key
      }

      replication_time {
        status = "Enabled"

        time {
          minutes = local.minutes
        }
      }

      metrics {
        status = "Enabled"

        event_threshold {
          minutes = local.minutes
        }
      }
    }
  }

  depends_on = [aws_iam_role_policy.copy]
}
