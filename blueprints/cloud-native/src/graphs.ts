import type {
  AuroraPostgres,
  Entry,
  Graph,
  RedisCache,
  WorkQueue,
} from '@slipway/blueprint-constructs';

/** What the document's table of targets measures (rows 001-44 to 001-46), and what waits. */
export function graphs(
  entry: Entry,
  database: AuroraPostgres,
  cache: RedisCache,
  work: WorkQueue,
): Graph[] {
  const balancer = { LoadBalancer: entry.loadBalancer.fullName };
  const cluster = { DBClusterIdentifier: database.cluster.ref };
  return [
    {
      title: 'Latency (target: P95 100 ms, P99 200 ms)',
      namespace: 'AWS/ApplicationELB',
      lines: [
        ['TargetResponseTime', balancer, 'p95'],
        ['TargetResponseTime', balancer, 'p99'],
      ],
    },
    {
      title: 'Requests and errors',
      namespace: 'AWS/ApplicationELB',
      lines: [
        ['RequestCount', balancer, 'Sum'],
        ['HTTPCode_Target_5XX_Count', balancer, 'Sum'],
        ['HTTPCode_ELB_5XX_Count', balancer, 'Sum'],
      ],
    },
    {
      title: 'Database: capacity (ACU) and connections',
      namespace: 'AWS/RDS',
      lines: [
        ['ServerlessDatabaseCapacity', cluster, 'Average'],
        ['DatabaseConnections', cluster, 'Maximum'],
      ],
    },
    {
      title: 'Cache: hit ratio',
      namespace: 'AWS/ElastiCache',
      lines: cache.nodeIds.map(CacheClusterId => [
        'CacheHitRate',
        { CacheClusterId },
        'Average',
      ]),
    },
    {
      title: 'Work: waiting and put aside',
      namespace: 'AWS/SQS',
      lines: [work.queue, work.deadLetters].map(({ queueName }) => [
        'ApproximateNumberOfMessagesVisible',
        { QueueName: queueName },
        'Maximum',
      ]),
    },
  ];
}
