output "arn" {
  description = "ARN of the trail; null: none."
  value       = one(aws_cloudtrail.this[*].arn)
}

output "bucket_policy" {
  description = "Statements that the bucket's policy needs, as JSON."
  value       = data.aws_iam_policy_document.bucket.json
}
