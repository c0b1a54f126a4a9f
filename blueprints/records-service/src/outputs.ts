import {
  cacheOutputs,
  clusterOutputs,
  databaseOutputs,
  entryOutputs,
} from '@slipway/blueprint-constructs/parameters';
import type { Blueprint } from '@slipway/plugin-infra-scaffolder-common';

/** Outputs of the stack, by the keys that CloudFormation shows. */
export const outputs: Blueprint['outputs'] = [
  ...entryOutputs,
  {
    key: 'DistributionDomain',
    title: 'CloudFront',
    kind: 'endpoint',
    description: 'none without CloudFront.',
  },
  ...clusterOutputs,
  ...databaseOutputs,
  ...cacheOutputs,
  { key: 'KafkaClusterArn', title: 'Kafka', kind: 'arn' },
  {
    key: 'KafkaBrokersCommand',
    title: 'Addresses of the brokers',
    kind: 'command',
    description: 'Clients sign in by IAM, over TLS.',
  },
  { key: 'BackupsBucket', title: 'Bucket of backups', kind: 'text' },
  { key: 'LogsBucket', title: 'Bucket of application logs', kind: 'text' },
  { key: 'ArchivesBucket', title: 'Bucket of old data', kind: 'text' },
  {
    key: 'RecordsRepository',
    title: 'Images of the service',
    kind: 'endpoint',
  },
  { key: 'IngestRepository', title: 'Images of the ingest', kind: 'endpoint' },
  { key: 'RecordsRoleArn', title: 'Role of the service', kind: 'arn' },
  { key: 'IngestRoleArn', title: 'Role of the ingest', kind: 'arn' },
  { key: 'LogsRoleArn', title: 'Role of the log collector', kind: 'arn' },
  {
    key: 'TracingRoleArn',
    title: 'Role of the trace collector',
    kind: 'arn',
    description: 'none without X-Ray.',
  },
  { key: 'DashboardUrl', title: 'Dashboard', kind: 'url' },
];
