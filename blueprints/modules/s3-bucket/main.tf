locals {
  cheaper_with_age = [
    { storage_class = "STANDARD_IA", after_days = 30 },
    { storage_class = "GLACIER_IR", after_days = 90 },
  ]
  transitions = (
    var.transitions != null ? var.transitions :
    var.expire_after_days == null ? local.cheaper_with_age : []
  )
  noncurrent_days = 30
}

resource "aws_s3_bucket" "this" {
  bucket        = var.name
  bucket_prefix = var.name == null ? var.name_prefix : null
  force_destroy = var.empty_on_destroy
  tags = merge(
    var.tags,
    var.empty_on_destroy ? { "slipway:empty-on-destroy" = "true" } : {},
  )
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = var.accepts_access_lists ? "BucketOwnerPreferred" : "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = var.kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  count = var.versioned ? 1 : 0

  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_logging" "this" {
  count = var.access_logs == null ? 0 : 1

  bucket        = aws_s3_bucket.this.id
  target_bucket = var.access_logs.bucket
  target_prefix = var.access_logs.prefix
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  # AWS now moves no object below 128 KB by default; said here, so that no later default changes it.
  transition_default_minimum_object_size = "all_storage_classes_128K"

  rule {
    id     = "abort-unfinished-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  dynamic "rule" {
    for_each = var.versioned ? [1] : []

    content {
      id     = "expire-old-versions"
      status = "Enabled"

      filter {}

      noncurrent_version_expiration {
        noncurrent_days = local.noncurrent_days
      }
    }
  }

  dynamic "rule" {
    for_each = length(local.transitions) > 0 ? [1] : []

    content {
      id     = "cheaper-with-age"
      status = "Enabled"

      filter {}

      dynamic "transition" {
        for_each = local.transitions

        content {
          storage_class = transition.value.storage_class
          days          = transition.value.after_days
        }
      }
    }
  }

  dynamic "rule" {
    for_each = var.expire_after_days == null ? [] : [var.expire_after_days]

    content {
      id     = "expire"
      status = "Enabled"

      filter {}

      expiration {
        days = rule.value
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
