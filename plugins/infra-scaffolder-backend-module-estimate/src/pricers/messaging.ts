import { Exact } from '../engine/money';
import { HOURS } from '../engine/month';
import type { Pricer } from '../engine/types';
import { isOn, numberOf, required, textOf, within } from '../engine/values';

/** Monitoring levels that AWS does not ask for. Source: Amazon MSK Developer Guide, "Metrics for monitoring". */
const FREE_MONITORING = 'DEFAULT';

const kafka: Pricer = ({ properties }, scope) => {
  const brokers = within(properties, 'BrokerNodeGroupInfo');
  const type = required(textOf(brokers.InstanceType), 'broker type');
  const count = required(
    numberOf(properties.NumberOfBrokerNodes),
    'number of brokers',
  );
  const gigabytes = required(
    numberOf(within(brokers, 'StorageInfo', 'EBSStorageInfo').VolumeSize),
    'storage of a broker',
  );
  const monitoring = textOf(properties.EnhancedMonitoring) ?? FREE_MONITORING;
  const isFine = monitoring !== FREE_MONITORING && monitoring !== 'PER_BROKER';
  return {
    title: `${count} × ${type}`,
    parts: [
      scope.part(
        'Brokers',
        {
          service: 'AmazonMSK',
          usage: type.replace(/^kafka/, 'Kafka'),
          operation: 'RunBroker',
        },
        count.times(HOURS),
      ),
      scope.part(
        `${gigabytes} GB each`,
        { service: 'AmazonMSK', usage: 'Kafka.Storage.GP2' },
        count.times(gigabytes),
      ),
      ...(monitoring === FREE_MONITORING
        ? []
        : [
            scope.part(
              'Monitoring by broker',
              { service: 'AmazonCloudWatch', usage: 'CW:MetricMonitorUsage' },
              count.times(scope.assume('brokerMetrics')),
            ),
          ]),
    ],
    missing: isFine
      ? [
          `Metrics of ${monitoring} beyond those by broker depend on the topics.`,
        ]
      : [],
  };
};

const queue: Pricer = ({ properties }, scope) => {
  const isFifo = isOn(properties.FifoQueue);
  return {
    title: isFifo ? 'Queue in order' : 'Queue',
    parts: [
      scope.part(
        'Requests',
        {
          service: 'AWSQueueService',
          usage: isFifo ? 'Requests-FIFO-Tier1' : 'Requests-Tier1',
        },
        scope.assume('queueMillions').times(1e6),
      ),
    ],
    missing: [],
  };
};

const topic: Pricer = ({ properties }, scope) =>
  isOn(properties.FifoTopic)
    ? {
        title: 'Topic in order',
        parts: [],
        missing: ['Topics in order are not in the price list.'],
      }
    : {
        title: 'Topic',
        parts: [
          scope.part(
            'Messages',
            { service: 'AmazonSNS', usage: 'Requests-Tier1' },
            scope.assume('topicMillions').times(1e6),
          ),
        ],
        missing: [],
      };

/** Protocols whose delivery AWS does not ask for. Source: Amazon SNS pricing, "Notification deliveries". */
const FREE_PROTOCOLS = ['sqs', 'lambda'];

const subscription: Pricer = ({ properties }, scope) => {
  const protocol = textOf(properties.Protocol) ?? 'a protocol';
  if (FREE_PROTOCOLS.includes(protocol)) {
    return { title: `To ${protocol}`, parts: [], missing: [] };
  }
  return protocol.startsWith('email')
    ? {
        title: 'Mails',
        parts: [
          scope.part(
            'Mails',
            { service: 'AmazonSNS', usage: 'DeliveryAttempts-SMTP' },
            scope.assume('mails'),
          ),
        ],
        missing: [],
      }
    : {
        title: `Messages by ${protocol}`,
        parts: [],
        missing: [`Messages by ${protocol} are not in the price list.`],
      };
};

const table: Pricer = ({ properties }, scope) => {
  const isOnDemand = properties.BillingMode === 'PAY_PER_REQUEST';
  const throughput = within(properties, 'ProvisionedThroughput');
  const service = 'AmazonDynamoDB';
  const gigabytes = scope.assume('tableGb');
  const units = (property: string) =>
    required(numberOf(throughput[property]), property).times(HOURS);
  return {
    title: `Table, ${isOnDemand ? 'on demand' : 'provisioned'}`,
    parts: [
      ...(isOnDemand
        ? [
            scope.part(
              'Writes',
              { service, usage: 'WriteRequestUnits' },
              scope.assume('tableWriteMillions').times(1e6),
            ),
            scope.part(
              'Reads',
              { service, usage: 'ReadRequestUnits' },
              scope.assume('tableReadMillions').times(1e6),
            ),
          ]
        : [
            scope.part(
              'Write capacity',
              { service, usage: 'WriteCapacityUnit-Hrs' },
              units('WriteCapacityUnits'),
            ),
            scope.part(
              'Read capacity',
              { service, usage: 'ReadCapacityUnit-Hrs' },
              units('ReadCapacityUnits'),
            ),
          ]),
      scope.part(
        'Storage',
        { service, usage: 'TimedStorage-ByteHrs' },
        gigabytes,
      ),
      ...(isOn(
        within(properties, 'PointInTimeRecoverySpecification')
          .PointInTimeRecoveryEnabled,
      )
        ? [
            scope.part(
              'Point-in-time recovery',
              { service, usage: 'TimedPITRStorage-ByteHrs' },
              new Exact(gigabytes),
            ),
          ]
        : []),
    ],
    missing: [],
  };
};

export const messagingPricers: Record<string, Pricer> = {
  'AWS::MSK::Cluster': kafka,
  'AWS::SQS::Queue': queue,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::Subscription': subscription,
  'AWS::DynamoDB::Table': table,
};
