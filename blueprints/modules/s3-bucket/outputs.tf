output "name" {
  description = "Name of the bucket; where it is given, known in the plan already."
  value       = aws_s3_bucket.this.bucket
}

output "arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.this.arn
}

output "domain_name" {
  description = "Name by which other services reach the bucket."
  value       = aws_s3_bucket.this.bucket_regional_domain_name
}

output "policy_id" {
  description = "Known once the policy is in force; wait for it before a service writes."
  value       = aws_s3_bucket_policy.this.id
}

output "versioning" {
  description = "Known once versions are kept; replication waits for it."
  value       = one(aws_s3_bucket_versioning.this[*].id)
}
