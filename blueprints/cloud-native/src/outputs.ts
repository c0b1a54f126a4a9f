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
    description: 'none without CloudFront, or in the standby.',
  },
  {
    key: 'HealthCheckId',
    title: 'Health check of this region',
    kind: 'text',
    description: 'none without a domain.',
  },
  ...clusterOutputs,
  ...databaseOutputs,
  ...cacheOutputs,
  {
    key: 'GlobalDatabase',
    title: 'Global database',
    kind: 'text',
    description: 'That both regions’ clusters belong to.',
  },
  {
    key: 'GlobalCache',
    title: 'Global datastore',
    kind: 'text',
    description: 'A standby takes it as globalCache.',
  },
  { key: 'StorageBucket', title: 'Bucket of objects', kind: 'text' },
  {
    key: 'BackupBucket',
    title: 'Bucket of Velero’s backups',
    kind: 'text',
  },
  { key: 'QueueUrl', title: 'Queue of work', kind: 'url' },
  { key: 'TopicArn', title: 'Topic of events', kind: 'arn' },
  { key: 'ApiRepository', title: 'Images of the API', kind: 'endpoint' },
  {
    key: 'MicroservicesRepository',
    title: 'Images of the microservices',
    kind: 'endpoint',
  },
  {
    key: 'WorkersRepository',
    title: 'Images of the workers',
    kind: 'endpoint',
  },
  { key: 'ApiRoleArn', title: 'Role of the API', kind: 'arn' },
  {
    key: 'MicroservicesRoleArn',
    title: 'Role of the microservices',
    kind: 'arn',
  },
  { key: 'WorkersRoleArn', title: 'Role of the workers', kind: 'arn' },
  { key: 'VeleroRoleArn', title: 'Role of Velero', kind: 'arn' },
  { key: 'TracingRoleArn', title: 'Role of the trace collector', kind: 'arn' },
  { key: 'DashboardUrl', title: 'Dashboard', kind: 'url' },
];
