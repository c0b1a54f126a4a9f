import type { NodeGroup, ReplicationGroup } from '@aws-sdk/client-elasticache';
import { environmentOf } from '../footprint/tags';
import type { SystemFootprint } from '../footprint/types';
import type { CacheState } from '../types';
import { type Facts, noRegionFacts, type Power } from './facts';

export const NO_CACHE: CacheState = {
  role: 'none',
  isAvailable: false,
  lagSeconds: null,
  nodes: 0,
  nodeType: '',
};

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html */
const SERVING = /^(available|modifying|snapshotting)$/;

function isSecondary(group: ReplicationGroup): boolean {
  return (
    group.GlobalReplicationGroupInfo?.GlobalReplicationGroupMemberRole ===
    'SECONDARY'
  );
}

/** A shard serves while its primary has power; with cluster mode on AWS does not say which member that is. */
function shardServes(shard: NodeGroup, region: string, power: Power): boolean {
  const members = shard.NodeGroupMembers ?? [];
  const primaries = members.filter(
    ({ CurrentRole }) => CurrentRole === 'primary',
  );
  return (primaries.length > 0 ? primaries : members).some(member =>
    power.isOn(region, member.PreferredAvailabilityZone),
  );
}

function groupsOf(
  system: SystemFootprint,
  region: string,
  facts: Facts,
): ReplicationGroup[] {
  const { caches, cacheTags } = facts.regions[region] ?? noRegionFacts();
  return caches.filter(group => {
    const environment = cacheTags[group.ARN ?? '']?.['slipway:environment'];
    return environment
      ? environment === environmentOf(system)
      : group.ReplicationGroupId === system.regions[region]?.cache?.identifier;
  });
}

/** The cache of a system in one region. */
export function cacheState(
  system: SystemFootprint,
  region: string,
  facts: Facts,
  power: Power,
): CacheState {
  if (system.regions[region]?.cacheInPods) {
    const isAvailable = power.isOn(region);
    const nodes = isAvailable ? 1 : 0;
    return { ...NO_CACHE, role: 'in-cluster', isAvailable, nodes };
  }
  const [group] = groupsOf(system, region, facts).sort(
    (left, right) => Number(isSecondary(left)) - Number(isSecondary(right)),
  );
  if (!group) {
    return NO_CACHE;
  }
  const shards = group.NodeGroups ?? [];
  const members = shards.flatMap(shard => shard.NodeGroupMembers ?? []);
  const lit = members.filter(member =>
    power.isOn(region, member.PreferredAvailabilityZone),
  );
  const source = Object.keys(system.regions).find(
    other =>
      other !== region &&
      groupsOf(system, other, facts).some(cache => !isSecondary(cache)),
  );
  return {
    role: isSecondary(group) ? 'secondary' : 'primary',
    isAvailable:
      SERVING.test(group.Status ?? '') &&
      shards.length > 0 &&
      shards.every(shard => shardServes(shard, region, power)),
    lagSeconds: isSecondary(group)
      ? facts.lag.elasticache + (source ? power.secondsDark(source) : 0)
      : 0,
    nodes: lit.length,
    nodeType: group.CacheNodeType ?? '',
  };
}
