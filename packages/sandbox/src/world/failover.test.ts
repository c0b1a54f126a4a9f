import { EKSClient, UpdateNodegroupConfigCommand } from '@aws-sdk/client-eks';
import {
  DescribeGlobalReplicationGroupsCommand,
  ElastiCacheClient,
  FailoverGlobalReplicationGroupCommand,
} from '@aws-sdk/client-elasticache';
import {
  DescribeDBClustersCommand,
  FailoverGlobalClusterCommand,
  PromoteReadReplicaCommand,
  RDSClient,
  SwitchoverGlobalClusterCommand,
} from '@aws-sdk/client-rds';
import {
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { TestWorld } from './__testUtils__/TestWorld';
import { SWITCH_BUCKET, SWITCH_REGION } from './footprint/names';
import type { SystemState, WorldState } from './types';

const EAST = 'us-east-1';
const WEST = 'us-west-2';

const of =
  (name: string, isSo: (system: SystemState) => boolean) =>
  ({ systems }: WorldState) =>
    isSo(systems[name]);
const shareOf = ({ dns: [api] }: SystemState, region: string) =>
  api.shares[region] ?? 0;

describe('what becomes of the world', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await TestWorld.start();
  }, 90_000);
  afterAll(() => world?.end(), 40_000);

  const throwSwitch = (system: string) =>
    world.client(S3Client, SWITCH_REGION).send(
      new PutObjectCommand({
        Bucket: SWITCH_BUCKET,
        Key: system,
        Body: 'thrown',
      }),
    );
  const releaseSwitch = (system: string) =>
    world
      .client(S3Client, SWITCH_REGION)
      .send(new DeleteObjectCommand({ Bucket: SWITCH_BUCKET, Key: system }));

  async function clusterArn(region: string, DBClusterIdentifier: string) {
    const { DBClusters } = await world
      .client(RDSClient, region)
      .send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
    return DBClusters![0].DBClusterArn!;
  }

  it('cloud-native is failed over by hand while its home region is dark, stays there, and is taken back', async () => {
    const name = 'cloud-native';
    const west = () => world.system(name).regions[WEST];
    await world.darken({ region: EAST });
    await world.until(
      'the home region is dark',
      of(
        name,
        ({ regions: { [EAST]: home } }) =>
          home.isDark &&
          home.nodes.ready === 0 &&
          !home.database.isAvailable &&
          !home.cache.isAvailable,
      ),
      5,
    );
    await expect(
      world.client(RDSClient, EAST).send(new DescribeDBClustersCommand({})),
    ).rejects.toThrow();

    // Users are led away first, to a region that can only read.
    await world.until(
      'DNS leads to the standby',
      of(name, system => shareOf(system, WEST) === 1),
      60,
    );
    expect(west().database).toMatchObject({
      role: 'reader',
      isAvailable: true,
    });
    expect(west().database.lagSeconds).toBeGreaterThan(20);
    await throwSwitch(name);

    const rds = world.client(RDSClient, WEST);
    await rds.send(
      new FailoverGlobalClusterCommand({
        GlobalClusterIdentifier: name,
        TargetDbClusterIdentifier: await clusterArn(
          WEST,
          'cloud-native-aurora-west',
        ),
        AllowDataLoss: true,
      }),
    );
    await world.client(EKSClient, WEST).send(
      new UpdateNodegroupConfigCommand({
        clusterName: 'cloud-native-standby',
        nodegroupName: 'on-demand',
        scalingConfig: { desiredSize: 5 },
      }),
    );
    const cache = world.client(ElastiCacheClient, WEST);
    const { GlobalReplicationGroups: [store] = [] } = await cache.send(
      new DescribeGlobalReplicationGroupsCommand({}),
    );
    await cache.send(
      new FailoverGlobalReplicationGroupCommand({
        GlobalReplicationGroupId: store.GlobalReplicationGroupId,
        PrimaryRegion: WEST,
        PrimaryReplicationGroupId: 'cloud-native-redis-west',
      }),
    );
    await world.until(
      'the standby serves all',
      of(
        name,
        ({ regions: { [WEST]: standby } }) =>
          standby.database.role === 'writer' &&
          standby.database.isAvailable &&
          standby.database.lagSeconds === 0 &&
          standby.cache.role === 'primary' &&
          standby.cache.isAvailable &&
          standby.nodes.ready === 5,
      ),
      30,
    );

    await world.lighten();
    await world.until(
      'the home region is back, without the writer',
      of(
        name,
        ({ regions: { [EAST]: home }, healthChecks }) =>
          home.nodes.ready === 5 &&
          home.database.role === 'reader' &&
          healthChecks.some(check => check.region === EAST && check.isHealthy),
      ),
      60,
    );
    expect(shareOf(world.system(name), WEST)).toBe(1);

    await rds.send(
      new SwitchoverGlobalClusterCommand({
        GlobalClusterIdentifier: name,
        TargetDbClusterIdentifier: await clusterArn(
          EAST,
          'cloud-native-aurora',
        ),
      }),
    );
    await releaseSwitch(name);
    await world.until(
      'all is at home again',
      of(
        name,
        system =>
          shareOf(system, EAST) === 1 &&
          system.regions[EAST].database.role === 'writer' &&
          system.regions[EAST].database.isAvailable &&
          system.regions[WEST].database.role === 'reader',
      ),
      60,
    );
  }, 240_000);

  it('records-service is promoted elsewhere, and its users follow the switch alone', async () => {
    const name = 'records-service';
    await world.darken({ region: EAST });
    await world.until(
      'the home endpoint is unhealthy',
      of(name, ({ healthChecks }) =>
        healthChecks.some(check => check.region === EAST && !check.isHealthy),
      ),
      60,
    );
    expect(shareOf(world.system(name), EAST)).toBe(1);
    await world.client(RDSClient, WEST).send(
      new PromoteReadReplicaCommand({
        DBInstanceIdentifier: 'prod-postgres-west',
      }),
    );
    await throwSwitch(name);
    await world.until(
      'the replica is the writer and has the users',
      of(
        name,
        system =>
          system.regions[WEST].database.role === 'writer' &&
          system.regions[WEST].database.isAvailable &&
          shareOf(system, WEST) === 1,
      ),
      60,
    );
    await world.lighten();
    await world.until(
      'there are two writers, since nobody fenced the old one',
      of(
        name,
        ({ regions }) =>
          regions[EAST].database.role === 'writer' &&
          regions[EAST].database.isAvailable,
      ),
    );
    expect(shareOf(world.system(name), WEST)).toBe(1);
  }, 150_000);

  it('a dark zone takes nodes and a writer, and the others take over', async () => {
    const name = 'enterprise-platform';
    const zone = `${EAST}a`;
    const home = () => world.system(name).regions[EAST];
    await world.darken({ zone });
    await world.until(
      'the zone is dark',
      of(
        name,
        ({
          regions: {
            [EAST]: { darkZones },
          },
        }) => darkZones.includes(zone),
      ),
    );
    expect(home().isDark).toBe(false);
    expect(home().nodes.readyByZone[zone]).toBeUndefined();
    await world.until(
      'another instance writes and other zones have all nodes',
      of(
        name,
        ({ regions: { [EAST]: region } }) =>
          region.database.role === 'writer' &&
          region.database.isAvailable &&
          region.nodes.ready === 3,
      ),
      60,
    );
    expect(home().database.readers).toBe(1);
    await world.lighten();
    await world.until(
      'the zone is back',
      of(
        name,
        ({ regions: { [EAST]: region } }) =>
          region.darkZones.length === 0 && region.database.readers === 2,
      ),
      30,
    );
  }, 150_000);
});
