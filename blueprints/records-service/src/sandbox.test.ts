import {
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import { KafkaClient, ListClustersCommand } from '@aws-sdk/client-kafka';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  GetBucketLifecycleConfigurationCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  inputFor,
  missingSandbox,
  SandboxStacks,
} from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

jest.setTimeout(300_000);

(missingSandbox ? describe.skip : describe)('in the sandbox', () => {
  let stacks: SandboxStacks;
  beforeAll(async () => {
    stacks = await SandboxStacks.start();
  });
  afterAll(() => stacks?.stop());

  it.each(['dev', 'staging', 'prod'])(
    'size %s is made, read back, opened and leaves nothing',
    async size => {
      const rds = stacks.client(RDSClient);
      const cache = stacks.client(ElastiCacheClient);
      const kafka = stacks.client(KafkaClient);
      const s3 = stacks.client(S3Client);
      const input = inputFor(subject, size, { backupVault: 'Default' });
      const outputs = await stacks.apply(subject, input);

      const { DBInstances } = await rds.send(
        new DescribeDBInstancesCommand({}),
      );
      expect(DBInstances!.map(each => each.DBInstanceStatus)).toEqual(
        Array(1 + Number(input.parameters.dbReadReplicas)).fill('available'),
      );
      const { ClusterInfoList } = await kafka.send(new ListClustersCommand({}));
      expect(ClusterInfoList![0]).toMatchObject({
        ClusterArn: outputs.KafkaClusterArn,
        State: 'ACTIVE',
        NumberOfBrokerNodes: 3,
      });
      const { Rules } = await s3.send(
        new GetBucketLifecycleConfigurationCommand({
          Bucket: outputs.ArchivesBucket,
        }),
      );
      expect(
        Rules!.flatMap(rule => rule.Transitions ?? [])[0].StorageClass,
      ).toBe('GLACIER');

      if (input.parameters.dbDeletionProtection) {
        await stacks.apply(subject, {
          ...input,
          parameters: {
            ...input.parameters,
            dbDeletionProtection: false,
            dbFinalSnapshot: false,
          },
        });
      }
      await stacks.destroy(input);
      const left = await Promise.all([
        rds.send(new DescribeDBInstancesCommand({})),
        cache.send(new DescribeReplicationGroupsCommand({})),
        kafka.send(new ListClustersCommand({})),
        s3.send(new ListBucketsCommand({})),
      ]);
      expect([
        left[0].DBInstances,
        left[1].ReplicationGroups,
        left[2].ClusterInfoList,
        left[3].Buckets!.map(({ Name }) => Name),
      ]).toEqual([[], [], [], ['templates']]);
    },
  );
});
