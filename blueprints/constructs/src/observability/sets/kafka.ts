import type { Alarms } from '../Alarms';
import { FIVE_MINUTES } from './periods';

/**
 * Kafka: brokers' disks, partitions without a leader or a copy (row 002-14).
 *
 * @public
 */
export function addKafkaAlarms(
  alarms: Alarms,
  kafka: { name: string },
  brokers: number,
): void {
  const metric = {
    namespace: 'AWS/Kafka',
    ...FIVE_MINUTES,
    statistic: 'Maximum',
    when: 'above' as const,
  };
  alarms.add('kafka-offline-partitions', {
    ...metric,
    description: 'Partitions of Kafka have no leader: they take no messages.',
    metricName: 'OfflinePartitionsCount',
    dimensions: { 'Cluster Name': kafka.name },
    threshold: 0,
    periods: 1,
  });
  for (let broker = 1; broker <= brokers; broker++) {
    const dimensions = {
      'Cluster Name': kafka.name,
      'Broker ID': String(broker),
    };
    alarms
      .add(`kafka-${broker}-disk`, {
        ...metric,
        description: `Broker ${broker} has filled 80 % of its disk; raise kafkaStorageGb before it is full.`,
        metricName: 'KafkaDataLogsDiskUsed',
        dimensions,
        threshold: 80,
        periods: 1,
      })
      .add(`kafka-${broker}-copies`, {
        ...metric,
        description: `Partitions on broker ${broker} have fewer copies than they should.`,
        metricName: 'UnderReplicatedPartitions',
        dimensions,
        threshold: 0,
        periods: 3,
      });
  }
}
