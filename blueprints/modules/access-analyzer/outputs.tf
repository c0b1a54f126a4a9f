output "arn" {
  description = "ARN of the analyzer."
  value       = aws_accessanalyzer_analyzer.this.arn
}
