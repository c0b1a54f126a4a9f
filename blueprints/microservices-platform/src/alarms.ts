import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type {
  Alarms,
  ApplicationLoadBalancer,
  PostgresDatabase,
} from '@slipway/blueprint-constructs';

const FIVE_MINUTES = {
  periodSeconds: 300,
  missingData: TreatMissingData.MISSING,
};
const GB = 1024 ** 3;

/** Document 004: API responses below 200 ms at the 95th percentile (row 004-31). */
const RESPONSE_SECONDS_P95 = 0.2;

/** The front door: errors, slowness, nobody to answer. */
export function addEdgeAlarms(
  alarms: Alarms,
  edge: ApplicationLoadBalancer,
): void {
  const loadBalancer = {
    namespace: 'AWS/ApplicationELB',
    dimensions: { LoadBalancer: edge.fullName },
    periodSeconds: 60,
    missingData: TreatMissingData.NOT_BREACHING,
  };
  alarms
    .add('load-balancer-errors', {
      ...loadBalancer,
      description:
        'The load balancer itself answers with 5xx: no healthy pod takes requests.',
      metricName: 'HTTPCode_ELB_5XX_Count',
      statistic: 'Sum',
      when: 'above',
      threshold: 10,
      periods: 3,
    })
    .add('application-errors', {
      ...loadBalancer,
      description: 'The application answers with 5xx.',
      metricName: 'HTTPCode_Target_5XX_Count',
      statistic: 'Sum',
      when: 'above',
      threshold: 25,
      periods: 3,
    })
    .add('application-slow', {
      ...loadBalancer,
      description:
        'Answers take longer than 200 ms at the 95th percentile, the target of document 004.',
      metricName: 'TargetResponseTime',
      statistic: 'p95',
      when: 'above',
      threshold: RESPONSE_SECONDS_P95,
      periods: 5,
    })
    .add('pods-unhealthy', {
      ...loadBalancer,
      description: 'Some front-end pods fail the load balancer’s health check.',
      dimensions: {
        LoadBalancer: edge.fullName,
        TargetGroup: edge.targetGroupFullName,
      },
      metricName: 'UnHealthyHostCount',
      statistic: 'Maximum',
      when: 'above',
      threshold: 0,
      periods: 5,
    });
}

/** The nodes, by what Container Insights counts (rows 004-07, 004-36). */
export function addClusterAlarms(
  alarms: Alarms,
  cluster: { name: string; nodeMinSize: number; nodeMaxSize: number },
): void {
  const nodes = {
    namespace: 'ContainerInsights',
    dimensions: { ClusterName: cluster.name },
    ...FIVE_MINUTES,
  };
  alarms
    .add('node-cpu', {
      ...nodes,
      description:
        'Nodes use more than 80 % of their CPU; the target band ends at 70 %.',
      metricName: 'node_cpu_utilization',
      statistic: 'Average',
      when: 'above',
      threshold: 80,
      periods: 3,
    })
    .add('node-memory', {
      ...nodes,
      description:
        'Nodes use more than 90 % of their memory; the target band ends at 80 %.',
      metricName: 'node_memory_utilization',
      statistic: 'Average',
      when: 'above',
      threshold: 90,
      periods: 3,
    })
    .add('nodes-failed', {
      ...nodes,
      description: 'A node is not ready.',
      metricName: 'cluster_failed_node_count',
      statistic: 'Maximum',
      when: 'above',
      threshold: 0,
      periods: 2,
    })
    .add('nodes-too-few', {
      ...nodes,
      description: 'Fewer nodes run than the node group must have.',
      metricName: 'cluster_node_count',
      statistic: 'Minimum',
      when: 'below',
      threshold: cluster.nodeMinSize,
      periods: 2,
    })
    .add('nodes-at-most', {
      ...nodes,
      description:
        'All nodes that the node group may have are running; pods may wait.',
      metricName: 'cluster_node_count',
      statistic: 'Maximum',
      when: 'at-least',
      threshold: cluster.nodeMaxSize,
      periods: 3,
    });
}

/** The database and its replicas (rows 004-08, 004-26, 004-34). */
export function addDatabaseAlarms(
  alarms: Alarms,
  database: PostgresDatabase,
  limits: { storageGb: number; maxConnections: number },
): void {
  const metrics = (identifier: string) => ({
    namespace: 'AWS/RDS',
    dimensions: { DBInstanceIdentifier: identifier },
    ...FIVE_MINUTES,
  });
  const instance = metrics(database.instance.ref);
  alarms
    .add('database-cpu', {
      ...instance,
      description: 'The database uses more than 80 % of its CPU.',
      metricName: 'CPUUtilization',
      statistic: 'Average',
      when: 'above',
      threshold: 80,
      periods: 3,
    })
    .add('database-connections', {
      ...instance,
      description: `More than 80 % of the ${limits.maxConnections} connections are taken.`,
      metricName: 'DatabaseConnections',
      statistic: 'Maximum',
      when: 'above',
      threshold: Math.floor(limits.maxConnections * 0.8),
      periods: 2,
    })
    .add('database-storage', {
      ...instance,
      description: `Less than 15 % of the ${limits.storageGb} GB are free; raise the storage before it is full.`,
      metricName: 'FreeStorageSpace',
      statistic: 'Minimum',
      when: 'below',
      threshold: Math.floor(limits.storageGb * 0.15 * GB),
      periods: 1,
    })
    .add('database-memory', {
      ...instance,
      description: 'Less than 64 MB of memory are free in the database.',
      metricName: 'FreeableMemory',
      statistic: 'Minimum',
      when: 'below',
      threshold: 64 * 1024 ** 2,
      periods: 3,
    });
  for (const [index, replica] of database.replicas.entries()) {
    alarms.add(`replica-${index + 1}-lag`, {
      ...metrics(replica.ref),
      description: `Read replica ${index + 1} is more than 30 s behind.`,
      metricName: 'ReplicaLag',
      statistic: 'Maximum',
      when: 'above',
      threshold: 30,
      periods: 2,
    });
  }
}
