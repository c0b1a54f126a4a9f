import type {
  Entry,
  Graph,
  PostgresDatabase,
  PostgresReplica,
} from '@slipway/blueprint-constructs';

/** What the document wants alerts on (row 000-21): load, latency, answers that are neither 2xx nor 3xx. */
export function graphs(
  entry: Entry,
  database: PostgresDatabase | PostgresReplica,
): Graph[] {
  const balancer = { LoadBalancer: entry.loadBalancer.fullName };
  const instance = { DBInstanceIdentifier: database.instance.ref };
  return [
    {
      title: 'Latency',
      namespace: 'AWS/ApplicationELB',
      lines: [['TargetResponseTime', balancer, 'p95']],
    },
    {
      title: 'Answers',
      namespace: 'AWS/ApplicationELB',
      lines: ['2XX', '3XX', '4XX', '5XX'].map(kind => [
        `HTTPCode_Target_${kind}_Count`,
        balancer,
        'Sum',
      ]),
    },
    {
      title: 'Database: load, and how far replicas are behind',
      namespace: 'AWS/RDS',
      lines: [
        ['CPUUtilization', instance, 'Average'],
        ...database.replicas.map(({ ref }): Graph['lines'][number] => [
          'ReplicaLag',
          { DBInstanceIdentifier: ref },
          'Maximum',
        ]),
      ],
    },
  ];
}
