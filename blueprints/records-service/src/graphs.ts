import type {
  Entry,
  Graph,
  KafkaCluster,
  PostgresDatabase,
  RedisCache,
} from '@slipway/blueprint-constructs';

/** What the document promises (row 002-01), and the application's own numbers (002-18). */
export function graphs(
  name: string,
  entry: Entry,
  database: PostgresDatabase,
  cache: RedisCache,
  kafka: KafkaCluster,
): Graph[] {
  const balancer = { LoadBalancer: entry.loadBalancer.fullName };
  const instances = [database.instance, ...database.replicas];
  return [
    {
      title: 'Response time (target: 500 ms)',
      namespace: 'AWS/ApplicationELB',
      lines: [
        ['TargetResponseTime', balancer, 'p95'],
        ['TargetResponseTime', balancer, 'p99'],
      ],
    },
    {
      title: 'Database: input and output',
      namespace: 'AWS/RDS',
      lines: instances.flatMap(({ ref }): Graph['lines'] => [
        ['ReadIOPS', { DBInstanceIdentifier: ref }, 'Average'],
        ['WriteIOPS', { DBInstanceIdentifier: ref }, 'Average'],
      ]),
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
      title: 'Kafka: messages in',
      namespace: 'AWS/Kafka',
      lines: [['MessagesInPerSec', { 'Cluster Name': kafka.name }, 'Sum']],
    },
    {
      title: 'Business: records read and written',
      namespace: 'Records',
      lines: [
        ['RecordsRead', { Environment: name }, 'Sum'],
        ['RecordsWritten', { Environment: name }, 'Sum'],
      ],
    },
  ];
}
