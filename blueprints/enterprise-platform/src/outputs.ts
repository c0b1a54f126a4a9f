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
  ...clusterOutputs,
  ...databaseOutputs,
  ...cacheOutputs,
  {
    key: 'FrontendRepository',
    title: 'Images of the front end',
    kind: 'endpoint',
  },
  {
    key: 'BackendApiRepository',
    title: 'Images of the back-end API',
    kind: 'endpoint',
  },
  {
    key: 'WorkersRepository',
    title: 'Images of the workers',
    kind: 'endpoint',
  },
  { key: 'BackendApiRoleArn', title: 'Role of the back-end API', kind: 'arn' },
  { key: 'WorkersRoleArn', title: 'Role of the workers', kind: 'arn' },
  { key: 'DashboardUrl', title: 'Dashboard', kind: 'url' },
];
