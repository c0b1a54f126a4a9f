import {
  backupParameters,
  capacityParameter,
  cdnParameters,
  clusterParameters,
  firewallParameters,
  nodeCountParameters,
  nodeShapeParameters,
  postgresParameters,
  regionParameters,
  rotationParameters,
  routingParameters,
  surroundingParameters,
} from '@slipway/blueprint-constructs/parameters';
import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';

/** Everything a person can choose; the defaults are production's. The document names no sizes; these are ours. */
export const parameters: Record<string, ParameterSchema> = {
  ...clusterParameters,
  ...nodeShapeParameters({
    offered: ['t3.medium', 'm5.large', 'm5.xlarge'],
    instanceTypes: ['m5.large'],
    volumeGb: 50,
    description: 'In order of preference.',
  }),
  ...capacityParameter,
  ...nodeCountParameters({ minimum: 3, desired: 3, maximum: 12, limit: 50 }),
  ...postgresParameters({
    classes: ['db.t3.small', 'db.m5.large', 'db.m5.xlarge', 'db.r5.large'],
    instanceClass: 'db.m5.large',
    storageGb: 200,
    multiAz: true,
    backupDays: 14,
    readReplicas: 1,
    maxConnections: 500,
  }),
  ...rotationParameters,
  documentTable: {
    type: 'boolean',
    title: 'DynamoDB table',
    description:
      'For what is not relational; paid by request. Not in a standby, where a backup is restored.',
    default: true,
    group: 'Database',
    message: 'Switch it on or off.',
  },
  bastion: {
    type: 'boolean',
    title: 'Bastion host',
    description:
      'A small instance by which administrators reach the database, through Session Manager; no port is open.',
    default: true,
    group: 'Network',
    message: 'Switch it on or off.',
  },
  ...regionParameters,
  ...routingParameters,
  ...firewallParameters,
  ...cdnParameters,
  ...backupParameters,
  ...surroundingParameters,
};
