import {
  CreateCacheSubnetGroupCommand,
  CreateGlobalReplicationGroupCommand,
  CreateReplicationGroupCommand,
  DescribeGlobalReplicationGroupsCommand,
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import { orNothing, unlessThere, until } from '../ensure';
import { environmentOf, tagList } from '../tags';
import type { CacheFootprint } from '../types';
import type { Site } from './site';
import type { StackOutputs } from './stack';

async function untilCacheIsThere(site: Site, identifier: string) {
  await until(
    `the cache ${identifier} in ${site.region}`,
    site.signal,
    async () => {
      const answer = await orNothing(
        site.client(ElastiCacheClient).send(
          new DescribeReplicationGroupsCommand({
            ReplicationGroupId: identifier,
          }),
        ),
      );
      return answer?.ReplicationGroups?.[0].Status === 'available';
    },
  );
}

/** The id of the global datastore with this suffix: AWS puts a prefix of its own before it. */
async function globalIdOf(
  site: Site,
  suffix: string,
): Promise<string | undefined> {
  const answer = await site
    .client(ElastiCacheClient)
    .send(new DescribeGlobalReplicationGroupsCommand({}));
  return answer.GlobalReplicationGroups?.find(group =>
    group.GlobalReplicationGroupId?.endsWith(`-${suffix}`),
  )?.GlobalReplicationGroupId;
}

/** A replication group; outside the home region it joins the home group's global datastore. */
export async function makeCache(
  site: Site,
  cache: CacheFootprint,
  stack: StackOutputs,
): Promise<void> {
  const client = site.client(ElastiCacheClient);
  const subnets = environmentOf(site.system);
  await unlessThere(() =>
    client.send(
      new CreateCacheSubnetGroupCommand({
        CacheSubnetGroupName: subnets,
        CacheSubnetGroupDescription: `Data subnets of ${subnets}`,
        SubnetIds: stack.dataSubnets,
      }),
    ),
  );
  const isSecondary = cache.globalSuffix && !site.isHome;
  const shape = isSecondary
    ? {
        GlobalReplicationGroupId: await globalIdOf(site, cache.globalSuffix!),
        NumCacheClusters: cache.replicasPerShard + 1,
      }
    : {
        Engine: 'redis',
        EngineVersion: cache.engineVersion,
        CacheNodeType: cache.nodeType,
        TransitEncryptionEnabled: true,
        AtRestEncryptionEnabled: true,
        ...(cache.clusterMode
          ? {
              NumNodeGroups: cache.shards,
              ReplicasPerNodeGroup: cache.replicasPerShard,
              CacheParameterGroupName: 'default.redis7.cluster.on',
            }
          : { NumCacheClusters: cache.replicasPerShard + 1 }),
      };
  await unlessThere(() =>
    client.send(
      new CreateReplicationGroupCommand({
        ReplicationGroupId: cache.identifier,
        ReplicationGroupDescription: `Cache of ${site.system.name}`,
        ...shape,
        AutomaticFailoverEnabled: true,
        MultiAZEnabled: true,
        CacheSubnetGroupName: subnets,
        SecurityGroupIds: [stack.dataGroup],
        SnapshotRetentionLimit: 7,
        Tags: tagList(site.system),
      }),
    ),
  );
  await untilCacheIsThere(site, cache.identifier);
  if (
    cache.globalSuffix &&
    !isSecondary &&
    !(await globalIdOf(site, cache.globalSuffix))
  ) {
    await client.send(
      new CreateGlobalReplicationGroupCommand({
        GlobalReplicationGroupIdSuffix: cache.globalSuffix,
        GlobalReplicationGroupDescription: `Cache of ${site.system.name} in both regions`,
        PrimaryReplicationGroupId: cache.identifier,
      }),
    );
    await untilGlobalIsThere(site, cache.globalSuffix);
  }
}

/** Until other regions can join. */
async function untilGlobalIsThere(site: Site, suffix: string) {
  await until(`the global datastore ${suffix}`, site.signal, async () => {
    const { GlobalReplicationGroups = [] } = await site
      .client(ElastiCacheClient)
      .send(new DescribeGlobalReplicationGroupsCommand({}));
    return GlobalReplicationGroups.some(
      group =>
        group.GlobalReplicationGroupId?.endsWith(`-${suffix}`) &&
        /^(available|primary-only)$/.test(group.Status ?? ''),
    );
  });
}
