import {
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
  ...clusterOutputs,
  ...databaseOutputs,
  {
    key: 'TableName',
    title: 'DynamoDB table',
    kind: 'text',
    description: 'none without one, or in the standby.',
  },
  {
    key: 'BastionCommand',
    title: 'Shell on the bastion',
    kind: 'command',
    description: 'none without a bastion.',
  },
  { key: 'BackupsBucket', title: 'Bucket of backups', kind: 'text' },
  {
    key: 'AppRepository',
    title: 'Images of the application',
    kind: 'endpoint',
  },
  { key: 'AppRoleArn', title: 'Role of the application', kind: 'arn' },
  { key: 'DashboardUrl', title: 'Dashboard', kind: 'url' },
];
