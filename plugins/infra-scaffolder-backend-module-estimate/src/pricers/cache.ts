import { Exact } from '../engine/money';
import { HOURS } from '../engine/month';
import type { Pricer, PricingScope } from '../engine/types';
import { numberOf, required, textOf } from '../engine/values';
import { otherRegionPart } from './transfer';

const REDIS = 'CreateCacheCluster:0002';

function nodesOf(properties: Parameters<Pricer>[0]['properties']): {
  shards: Exact;
  nodes: Exact;
} {
  const shards = numberOf(properties.NumNodeGroups) ?? new Exact(1);
  const clusters = numberOf(properties.NumCacheClusters);
  return {
    shards,
    nodes:
      clusters ??
      shards.times(
        (numberOf(properties.ReplicasPerNodeGroup) ?? new Exact(0)).plus(1),
      ),
  };
}

function snapshotParts(
  days: Exact | undefined,
  shards: Exact,
  scope: PricingScope,
) {
  return days?.gt(0)
    ? [
        scope.part(
          `Snapshots of ${days} days`,
          { service: 'AmazonElastiCache', usage: 'BackupUsage' },
          scope.assume('cacheGb').times(shards).times(days),
        ),
      ]
    : [];
}

/** Redis: each shard has a primary and its replicas. */
const replicationGroup: Pricer = ({ properties }, scope) => {
  const engine = textOf(properties.Engine) ?? 'redis';
  const joins = properties.GlobalReplicationGroupId !== undefined;
  const type =
    textOf(properties.CacheNodeType) ??
    (joins
      ? scope.assumeText('globalCacheNodeType')
      : required<string>(undefined, 'node type'));
  const { shards, nodes } = nodesOf(properties);
  const title = `${nodes} × ${type}`;
  if (engine !== 'redis') {
    return {
      title,
      parts: [],
      missing: [`The price list has no ElastiCache for ${engine}.`],
    };
  }
  return {
    title,
    parts: [
      scope.part(
        'Nodes',
        {
          service: 'AmazonElastiCache',
          usage: `NodeUsage:${type}`,
          operation: REDIS,
        },
        nodes.times(HOURS),
      ),
      ...snapshotParts(
        numberOf(properties.SnapshotRetentionLimit),
        shards,
        scope,
      ),
    ],
    missing: [],
  };
};

/** A datastore over regions is paid for by what it copies. */
const globalGroup: Pricer = (_, scope) => ({
  title: 'Global datastore',
  parts: [
    otherRegionPart(
      'Data copied to the other region',
      scope.assume('replicatedGb'),
      scope,
    ),
  ],
  missing: [],
});

export const cachePricers: Record<string, Pricer> = {
  'AWS::ElastiCache::ReplicationGroup': replicationGroup,
  'AWS::ElastiCache::GlobalReplicationGroup': globalGroup,
};
