import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';

const KAFKA = 'Messages';
const BROKER_TYPES = ['kafka.t3.small', 'kafka.m5.large', 'kafka.m5.xlarge'];

/** What the form asks about Kafka. @public */
export const kafkaParameters = {
  kafkaVersion: {
    type: 'string',
    title: 'Kafka version',
    enum: ['3.8.x', '3.9.x'],
    default: '3.9.x',
    group: KAFKA,
    message: 'Choose 3.8.x or 3.9.x.',
    document: {
      value: '3.5',
      reason:
        'MSK’s 3.5.1 ended on 2025-10-23; 3.9.x is what AWS recommends and supports longest.',
    },
  },
  kafkaBrokerType: {
    type: 'string',
    title: 'Broker type',
    enum: BROKER_TYPES,
    default: 'kafka.m5.large',
    group: KAFKA,
    message: `Choose one of ${BROKER_TYPES.join(', ')}.`,
  },
  kafkaBrokers: {
    type: 'integer',
    title: 'Brokers',
    description: 'The same number in each of three zones.',
    enum: [3, 6, 9, 12],
    default: 3,
    group: KAFKA,
    unit: 'brokers',
    message: 'Choose 3, 6, 9 or 12 brokers.',
  },
  kafkaStorageGb: {
    type: 'integer',
    title: 'Storage of a broker',
    description:
      'To begin with: it grows by itself when it is fuller than 60 %, and never shrinks. Terraform leaves it as it has grown.',
    minimum: 1,
    maximum: 16384,
    default: 1000,
    group: KAFKA,
    unit: 'GB',
    message: 'Choose 1 to 16384 GB.',
  },
  kafkaMaxStorageGb: {
    type: 'integer',
    title: 'Storage of a broker at most',
    description:
      'Up to here it grows by itself; what it grows to is paid for and not in the estimate.',
    minimum: 1,
    maximum: 16384,
    default: 2000,
    group: KAFKA,
    unit: 'GB',
    message: 'Choose 1 to 16384 GB.',
  },
} satisfies Record<string, ParameterSchema>;

/** To begin with ≤ at most. @public */
export const kafkaRules = [
  {
    left: 'kafkaStorageGb',
    right: 'kafkaMaxStorageGb',
    message:
      'The storage of a broker is above what it may be at most; lower the one or raise the other.',
  },
];
