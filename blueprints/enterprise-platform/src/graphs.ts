import type {
  AuroraPostgres,
  Entry,
  Graph,
  RedisCache,
} from '@slipway/blueprint-constructs';

/** What the document's benchmarks measure (rows 003-51, 003-52). */
export function graphs(
  entry: Entry,
  database: AuroraPostgres,
  cache: RedisCache,
): Graph[] {
  const balancer = { LoadBalancer: entry.loadBalancer.fullName };
  const cluster = { DBClusterIdentifier: database.cluster.ref };
  return [
    {
      title: 'Response time (target: P99 200 ms)',
      namespace: 'AWS/ApplicationELB',
      lines: [['TargetResponseTime', balancer, 'p99']],
    },
    {
      title: 'Requests and errors',
      namespace: 'AWS/ApplicationELB',
      lines: [
        ['RequestCount', balancer, 'Sum'],
        ['HTTPCode_Target_5XX_Count', balancer, 'Sum'],
      ],
    },
    {
      title: 'Database: load and connections',
      namespace: 'AWS/RDS',
      lines: [
        ['CPUUtilization', cluster, 'Average'],
        ['DatabaseConnections', cluster, 'Maximum'],
      ],
    },
    {
      title: 'Cache: hit ratio (target: 95 %)',
      namespace: 'AWS/ElastiCache',
      lines: cache.nodeIds.map(CacheClusterId => [
        'CacheHitRate',
        { CacheClusterId },
        'Average',
      ]),
    },
  ];
}
