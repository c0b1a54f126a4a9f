output "id" {
  description = "Id of the distribution."
  value       = aws_cloudfront_distribution.this.id
}

output "domain_name" {
  description = "CloudFront's own name of the distribution."
  value       = aws_cloudfront_distribution.this.domain_name
}

output "url" {
  description = "Address for users."
  value       = "https://${local.has_domain ? var.domain.name : aws_cloudfront_distribution.this.domain_name}"
}
