import {
  CloudFormationClient,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CloudFrontClient,
  ListDistributionsCommand,
} from '@aws-sdk/client-cloudfront';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeNodegroupCommand,
  EKSClient,
  ListClustersCommand,
} from '@aws-sdk/client-eks';
import {
  DescribeGlobalReplicationGroupsCommand,
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import {
  KafkaClient,
  ListClustersCommand as ListKafka,
} from '@aws-sdk/client-kafka';
import {
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  DescribeGlobalClustersCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import {
  ListHealthChecksCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import {
  DeleteBucketLifecycleCommand,
  DeleteBucketTaggingCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { TestWorld } from './__testUtils__/TestWorld';
import { calmWorld } from './calmWorld';

const EAST = 'us-east-1';
const WEST = 'us-west-2';

describe('the footprint', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await TestWorld.start();
  }, 90_000);
  afterAll(() => world?.end(), 40_000);

  /** What a second making would double or renew, if it did. */
  async function census() {
    const inBoth = async <T>(read: (region: string) => Promise<T>) =>
      Promise.all([EAST, WEST].map(read));
    const rds = (region: string) => world.client(RDSClient, region);
    return {
      stacks: await inBoth(async region =>
        (
          await world
            .client(CloudFormationClient, region)
            .send(new DescribeStacksCommand({}))
        ).Stacks!.map(({ StackId, StackStatus }) => [StackId, StackStatus]),
      ),
      networks: await inBoth(async region =>
        (
          await world
            .client(EC2Client, region)
            .send(new DescribeVpcsCommand({}))
        ).Vpcs!.map(({ VpcId, CidrBlock }) => [VpcId, CidrBlock]),
      ),
      databases: await inBoth(async region =>
        (
          await rds(region).send(new DescribeDBInstancesCommand({}))
        ).DBInstances!.map(database => database.DbiResourceId),
      ),
      clusters: await inBoth(async region =>
        (
          await rds(region).send(new DescribeDBClustersCommand({}))
        ).DBClusters!.map(cluster => cluster.DbClusterResourceId),
      ),
      caches: await inBoth(async region =>
        (
          await world
            .client(ElastiCacheClient, region)
            .send(new DescribeReplicationGroupsCommand({}))
        ).ReplicationGroups!.map(({ ARN, Status }) => [ARN, Status]),
      ),
      healthChecks: (
        await world
          .client(Route53Client, EAST)
          .send(new ListHealthChecksCommand({}))
      ).HealthChecks!.map(({ Id }) => Id),
      distributions: (
        await world
          .client(CloudFrontClient, EAST)
          .send(new ListDistributionsCommand({}))
      ).DistributionList!.Items!.map(({ Id }) => Id),
    };
  }

  it('is seen as the world in which all is well', () => {
    const { systems } = world.sandbox.world!.view.current();
    const calm = calmWorld(new Date()).systems;
    for (const [name, system] of Object.entries(systems)) {
      expect({ ...system, healthChecks: [] }).toEqual(calm[name]);
      expect(system.healthChecks.every(({ isHealthy }) => isHealthy)).toBe(
        true,
      );
    }
    expect(Object.keys(systems)).toHaveLength(5);
  });

  it('has its clusters and node groups as the documents size them', async () => {
    const eks = world.client(EKSClient, EAST);
    const { clusters } = await eks.send(new ListClustersCommand({}));
    expect(clusters).toEqual(
      expect.arrayContaining([
        'cloud-native-prod',
        'enterprise-platform-prod',
        'high-workload-prod',
        'microservice-prod',
        'microservices-platform-prod',
      ]),
    );
    const { nodegroup } = await eks.send(
      new DescribeNodegroupCommand({
        clusterName: 'microservice-prod',
        nodegroupName: 'compute-optimized',
      }),
    );
    expect(nodegroup).toMatchObject({
      status: 'ACTIVE',
      instanceTypes: ['c5.2xlarge'],
      scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 10 },
    });
  });

  it('has its databases, with replicas in zone and region', async () => {
    const east = world.client(RDSClient, EAST);
    const { DBInstances: [primary] = [] } = await east.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'prod-postgres' }),
    );
    expect(primary).toMatchObject({
      DBInstanceClass: 'db.r5.2xlarge',
      AllocatedStorage: 1000,
      Iops: 16000,
      MultiAZ: true,
      BackupRetentionPeriod: 35,
      StorageEncrypted: true,
      DeletionProtection: true,
    });
    expect(primary.TagList).toContainEqual({
      Key: 'slipway:system',
      Value: 'system:default/records-service',
    });
    const { DBInstances: [standby] = [] } = await world
      .client(RDSClient, WEST)
      .send(
        new DescribeDBInstancesCommand({
          DBInstanceIdentifier: 'prod-postgres-west',
        }),
      );
    expect(standby.ReadReplicaSourceDBInstanceIdentifier).toBe(
      primary.DBInstanceArn,
    );
    const { GlobalClusters: [global] = [] } = await east.send(
      new DescribeGlobalClustersCommand({
        GlobalClusterIdentifier: 'cloud-native',
      }),
    );
    expect(
      global.GlobalClusterMembers!.map(({ DBClusterArn, IsWriter }) => [
        DBClusterArn!.split(':')[3],
        IsWriter,
      ]),
    ).toEqual([
      [EAST, true],
      [WEST, false],
    ]);
  });

  it('has snapshots where the documents keep them', async () => {
    const west = world.client(RDSClient, WEST);
    const { DBSnapshots } = await west.send(new DescribeDBSnapshotsCommand({}));
    expect(DBSnapshots).toMatchObject([
      {
        DBSnapshotIdentifier: 'high-workload-db-base',
        Status: 'available',
        Encrypted: true,
        SourceRegion: EAST,
      },
    ]);
    const { DBClusterSnapshots } = await west.send(
      new DescribeDBClusterSnapshotsCommand({}),
    );
    expect(
      DBClusterSnapshots!.map(({ DBClusterSnapshotIdentifier: name }) => name),
    ).toContain('enterprise-platform-aurora-base');
  });

  it('has its caches, queues, buckets and secrets', async () => {
    const { GlobalReplicationGroups: [store] = [] } = await world
      .client(ElastiCacheClient, EAST)
      .send(
        new DescribeGlobalReplicationGroupsCommand({ ShowMemberInfo: true }),
      );
    expect(
      store
        .Members!.map(({ ReplicationGroupId, Role }) => [
          ReplicationGroupId,
          Role,
        ])
        .sort(),
    ).toEqual([
      ['cloud-native-redis', 'PRIMARY'],
      ['cloud-native-redis-west', 'SECONDARY'],
    ]);
    const { ClusterInfoList } = await world
      .client(KafkaClient, EAST)
      .send(new ListKafka({}));
    expect(ClusterInfoList).toMatchObject([
      { ClusterName: 'prod-kafka', NumberOfBrokerNodes: 3, State: 'ACTIVE' },
    ]);
    const { QueueUrls = [] } = await world
      .client(SQSClient, WEST)
      .send(new ListQueuesCommand({}));
    expect(QueueUrls.map(url => url.split('/').pop())).toEqual([
      'cloud-native-work',
    ]);
    const s3 = world.client(S3Client, EAST);
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets!.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining([
        'company-archives',
        'company-backups',
        'company-logs',
      ]),
    );
    const { ReplicationConfiguration } = await s3.send(
      new GetBucketReplicationCommand({ Bucket: 'company-backups' }),
    );
    expect(ReplicationConfiguration!.Rules![0].Destination!.Bucket).toBe(
      'arn:aws:s3:::company-backups-us-west-2',
    );
    const { Rules } = await s3.send(
      new GetBucketLifecycleConfigurationCommand({
        Bucket: 'company-archives',
      }),
    );
    expect(Rules![0].Transitions![0].StorageClass).toBe('GLACIER');
    const { SecretList } = await world
      .client(SecretsManagerClient, WEST)
      .send(new ListSecretsCommand({}));
    expect(SecretList!.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining([
        'cloud-native-prod/database',
        'records-service-prod/database',
      ]),
    );
  });

  it('keeps away from the addresses that environments are given', async () => {
    const { networks } = await census();
    const own = networks.flat().filter(([, cidr]) => cidr !== '172.31.0.0/16');
    expect(own).toHaveLength(8);
    expect(new Set(own.map(([, cidr]) => cidr)).size).toBe(8);
    for (const [, cidr] of own) {
      expect(cidr).toMatch(/^172\.(1[6-9]|2\d|3[01])\.0\.0\/16$/);
    }
  });

  it('is made once: neither a restart nor losing its mark makes anything again', async () => {
    const before = await census();
    await world
      .client(SSMClient, WEST)
      .send(new DeleteParameterCommand({ Name: '/slipway/footprint' }));
    await world.restart();
    expect(await census()).toEqual(before);
  }, 60_000);

  it('finishes a bucket that a kill left half made', async () => {
    const s3 = () => world.client(S3Client, EAST);
    const Bucket = 'company-archives';
    await s3().send(new DeleteBucketLifecycleCommand({ Bucket }));
    await s3().send(new DeleteBucketTaggingCommand({ Bucket }));
    await world
      .client(SSMClient, WEST)
      .send(new DeleteParameterCommand({ Name: '/slipway/footprint' }));
    await world.restart();
    const { Rules } = await s3().send(
      new GetBucketLifecycleConfigurationCommand({ Bucket }),
    );
    expect(Rules).toHaveLength(1);
    const { TagSet } = await s3().send(new GetBucketTaggingCommand({ Bucket }));
    expect(TagSet).not.toEqual([]);
  }, 60_000);

  it('survives kill -9 of all that runs', async () => {
    const before = await census();
    const emulator = world.sandbox.parts.find(
      ({ name }) => name === 'emulator',
    )!;
    process.kill(-emulator.pid, 'SIGKILL');
    await world.restart();
    expect(await census()).toEqual(before);
  }, 60_000);

  it('is made again after AWS was emptied', async () => {
    const { view } = world.sandbox.world!;
    const seen: boolean[] = [];
    const end = view.subscribe(({ isObserved, systems }) => {
      seen.push(isObserved);
      expect(systems['cloud-native'].regions[EAST].database.role).toBe(
        'writer',
      );
    });
    await fetch(`${world.sandbox.awsUrl}/_slipway/emulator/reset`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    await world.until('AWS is empty', state => !state.isObserved);
    await world.until('the footprint is there', state => state.isObserved, 60);
    end();
    expect(seen).toContain(false);
    expect((await census()).clusters.map(({ length }) => length)).toEqual([
      2, 1,
    ]);
  }, 90_000);
});
