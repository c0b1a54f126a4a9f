import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';

const CACHE = 'Cache';

/** What the form asks about Redis; one shard with two replicas is three nodes. @public */
export function cacheParameters(options: {
  nodeTypes: string[];
  nodeType: string;
  version: string;
  shards: number;
  replicas: number;
}) {
  return {
    cacheNodeType: {
      type: 'string',
      title: 'Node type',
      enum: options.nodeTypes,
      default: options.nodeType,
      group: CACHE,
      message: `Choose one of ${options.nodeTypes.join(', ')}.`,
    },
    cacheEngineVersion: {
      type: 'string',
      title: 'Redis version',
      enum: ['7.0', '7.1'],
      default: options.version,
      group: CACHE,
      message: 'Choose 7.0 or 7.1.',
    },
    cacheShards: {
      type: 'integer',
      title: 'Shards',
      description: 'Keys are spread over them; their number can change later.',
      minimum: 1,
      maximum: 30,
      default: options.shards,
      group: CACHE,
      unit: 'shards',
      message: 'Choose 1 to 30 shards.',
    },
    cacheReplicas: {
      type: 'integer',
      title: 'Replicas of a shard',
      description:
        'In other zones; one takes over when the primary fails. None: no failover.',
      minimum: 0,
      maximum: 5,
      default: options.replicas,
      group: CACHE,
      unit: 'nodes',
      message: 'Choose 0 to 5 replicas.',
    },
    cacheEviction: {
      type: 'string',
      title: 'When memory is full',
      description: 'Which keys Redis lets go; noeviction refuses writes.',
      enum: ['volatile-lru', 'allkeys-lru', 'allkeys-lfu', 'noeviction'],
      default: 'volatile-lru',
      group: CACHE,
      message: 'Choose volatile-lru, allkeys-lru, allkeys-lfu or noeviction.',
      advanced: true,
    },
    cacheSnapshotDays: {
      type: 'integer',
      title: 'Snapshots kept',
      description: 'Daily; 0 keeps none.',
      minimum: 0,
      maximum: 35,
      default: 7,
      group: CACHE,
      unit: 'days',
      message: 'Choose 0 to 35 days.',
      advanced: true,
    },
  } satisfies Record<string, ParameterSchema>;
}
