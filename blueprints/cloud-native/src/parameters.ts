import {
  auroraParameters,
  backupParameters,
  cacheParameters,
  cdnParameters,
  clusterParameters,
  firewallParameters,
  nodeCountParameters,
  nodeShapeParameters,
  regionParameters,
  rotationParameters,
  routingParameters,
  serverlessParameters,
  spotCountParameters,
  surroundingParameters,
} from '@slipway/blueprint-constructs/parameters';
import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';

const NODE_TYPES = ['t3.medium', 't3.large', 't3.xlarge', 'm5.large'];
const SPOT_TYPES = ['t3.medium', 't3.large', 't3a.large', 'm5.large'];

/** Everything a person can choose; the defaults are production's. */
export const parameters: Record<string, ParameterSchema> = {
  ...clusterParameters,
  ...nodeShapeParameters({
    offered: NODE_TYPES,
    instanceTypes: ['t3.large'],
    volumeGb: 50,
    description: 'Of on-demand nodes, in order of preference.',
  }),
  ...nodeCountParameters({ minimum: 3, desired: 3, maximum: 9, limit: 30 }),
  spotInstanceTypes: {
    type: 'array',
    title: 'Instance types of spot nodes',
    description: 'The more there are, the rarer all are taken back at once.',
    items: { type: 'string', enum: SPOT_TYPES },
    minItems: 1,
    maxItems: SPOT_TYPES.length,
    uniqueItems: true,
    default: ['t3.large', 't3a.large'],
    group: 'Nodes',
    message: `Choose at least one of ${SPOT_TYPES.join(', ')}.`,
  },
  ...spotCountParameters({ minimum: 2, desired: 2, maximum: 6, limit: 20 }),
  ...auroraParameters({ instances: 2, backupDays: 35 }),
  ...serverlessParameters({ minimum: 0.5, maximum: 16 }),
  ...rotationParameters,
  ...cacheParameters({
    nodeTypes: [
      'cache.t4g.small',
      'cache.t4g.medium',
      'cache.r7g.large',
      'cache.r7g.xlarge',
    ],
    nodeType: 'cache.r7g.large',
    version: '7.1',
    shards: 1,
    replicas: 2,
  }),
  ...regionParameters,
  cacheReplication: {
    type: 'boolean',
    title: 'Cache in both regions',
    description:
      'For a primary: makes the global datastore that a standby’s cache follows. Off: each region has its own, warmed from snapshots. Switch it off before a standby is destroyed.',
    default: true,
    group: 'Second region',
    message: 'Switch it on or off.',
  },
  globalCache: {
    type: 'string',
    title: 'Cache to follow',
    description:
      'For a standby: the global datastore of the primary, its output GlobalCache. Empty: a cache of its own.',
    pattern: '^$|^[a-z][a-z0-9-]{1,62}$',
    default: '',
    group: 'Second region',
    message: 'Give the id, like ldgnf-shop-prod, or leave it empty.',
  },
  ...routingParameters,
  ...firewallParameters,
  ...cdnParameters,
  ...backupParameters,
  ...surroundingParameters,
};
