output "topic_arn" {
  description = "Topic to which services publish."
  value       = aws_sns_topic.this.arn
}

output "queue_arn" {
  description = "Queue from which workers take."
  value       = aws_sqs_queue.this.arn
}

output "queue_name" {
  description = "Name of the queue."
  value       = aws_sqs_queue.this.name
}

output "queue_url" {
  description = "Address of the queue."
  value       = aws_sqs_queue.this.url
}

output "dead_letters_arn" {
  description = "Queue of what workers could not do."
  value       = aws_sqs_queue.dead_letters.arn
}

output "dead_letters_name" {
  description = "Name of the queue of what workers could not do."
  value       = aws_sqs_queue.dead_letters.name
}
