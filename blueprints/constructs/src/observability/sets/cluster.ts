import type { Alarms } from '../Alarms';
import { FIVE_MINUTES } from './periods';

/**
 * The nodes, by what Container Insights counts (rows 004-07, 004-36).
 *
 * @public
 */
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
