# Redis: load, memory, and keys let go for want of it (rows 001-46, 002-13, 003-22). Kafka: brokers' disks, partitions
# without a leader or a copy (row 002-14). Queues: work that waits too long or could not be done (row 001-10).
locals {
  cache_alarms = merge(flatten([
    for cache in var.cache[*] : [
      for index, node in cache.node_ids : {
        "cache-${index + 1}-cpu" = {
          description    = "Node ${index + 1} of the cache uses more than 80 % of its one core for Redis."
          namespace      = "AWS/ElastiCache"
          metric_name    = "EngineCPUUtilization"
          dimensions     = { CacheClusterId = node }
          statistic      = "Average"
          when           = "above"
          threshold      = 80
          period_seconds = 300
          periods        = 3
          missing_data   = "missing"
        }
        "cache-${index + 1}-memory" = {
          description    = "Node ${index + 1} of the cache uses more than 85 % of its memory; add a shard or a larger node."
          namespace      = "AWS/ElastiCache"
          metric_name    = "DatabaseMemoryUsagePercentage"
          dimensions     = { CacheClusterId = node }
          statistic      = "Average"
          when           = "above"
          threshold      = 85
          period_seconds = 300
          periods        = 3
          missing_data   = "missing"
        }
      }
    ]
  ])...)

  broker = {
    namespace      = "AWS/Kafka"
    period_seconds = 300
    missing_data   = "missing"
    statistic      = "Maximum"
    when           = "above"
  }
  kafka_alarms = merge(flatten([
    for kafka in var.kafka[*] : concat(
      [{
        kafka-offline-partitions = merge(local.broker, {
          description = "Partitions of Kafka have no leader: they take no messages."
          metric_name = "OfflinePartitionsCount"
          dimensions  = { "Cluster Name" = kafka.name }
          threshold   = 0
          periods     = 1
        })
      }],
      [for number in range(1, kafka.brokers + 1) : {
        "kafka-${number}-disk" = merge(local.broker, {
          description = "Broker ${number} has filled 80 % of its disk; raise kafkaStorageGb before it is full."
          metric_name = "KafkaDataLogsDiskUsed"
          dimensions  = { "Cluster Name" = kafka.name, "Broker ID" = tostring(number) }
          threshold   = 80
          periods     = 1
        })
        "kafka-${number}-copies" = merge(local.broker, {
          description = "Partitions on broker ${number} have fewer copies than they should."
          metric_name = "UnderReplicatedPartitions"
          dimensions  = { "Cluster Name" = kafka.name, "Broker ID" = tostring(number) }
          threshold   = 0
          periods     = 3
        })
      }],
    )
  ])...)

  work = {
    namespace      = "AWS/SQS"
    metric_name    = "ApproximateAgeOfOldestMessage"
    statistic      = "Maximum"
    when           = "above"
    period_seconds = 300
    missing_data   = "notBreaching"
  }
  queue_alarms = merge([
    for queue in var.queue[*] : {
      work-waits = merge(local.work, {
        description = "The oldest message has waited for more than ten minutes."
        dimensions  = { QueueName = queue.name }
        threshold   = 600
        periods     = 2
      })
      work-failed = merge(local.work, {
        description = "Messages were put aside after several attempts; see why, then send them again."
        metric_name = "ApproximateNumberOfMessagesVisible"
        dimensions  = { QueueName = queue.dead_letters_name }
        threshold   = 0
        periods     = 1
      })
    }
  ]...)
}
