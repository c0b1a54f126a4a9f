import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { WorkQueue } from '../../messaging/WorkQueue';
import type { Alarms } from '../Alarms';

/**
 * Work that waits too long or could not be done (row 001-10).
 *
 * @public
 */
export function addQueueAlarms(alarms: Alarms, work: WorkQueue): void {
  const metric = {
    namespace: 'AWS/SQS',
    periodSeconds: 300,
    missingData: TreatMissingData.NOT_BREACHING,
    statistic: 'Maximum',
    when: 'above' as const,
  };
  alarms
    .add('work-waits', {
      ...metric,
      description: 'The oldest message has waited for more than ten minutes.',
      metricName: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: work.queue.queueName },
      threshold: 600,
      periods: 2,
    })
    .add('work-failed', {
      ...metric,
      description:
        'Messages were put aside after several attempts; see why, then send them again.',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: work.deadLetters.queueName },
      threshold: 0,
      periods: 1,
    });
}
