import { DescribeNetworkAclsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import { DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
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
      const ec2 = stacks.client(EC2Client);
      const input = inputFor(subject, size, { backupVault: 'Default' });
      const outputs = await stacks.apply(subject, input);
      const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}));
      expect(DBClusters).toHaveLength(1);
      expect(DBClusters![0]).toMatchObject({
        Endpoint: outputs.DatabaseEndpoint,
        Status: 'available',
        MasterUserSecret: { SecretArn: outputs.DatabaseSecretArn },
      });
      expect(DBClusters![0].DBClusterMembers).toHaveLength(
        Number(input.parameters.dbInstances),
      );
      const { ReplicationGroups } = await cache.send(
        new DescribeReplicationGroupsCommand({}),
      );
      expect(ReplicationGroups![0].NodeGroups).toHaveLength(
        Number(input.parameters.cacheShards),
      );
      const { NetworkAcls } = await ec2.send(
        new DescribeNetworkAclsCommand({
          Filters: [{ Name: 'vpc-id', Values: [outputs.VpcId] }],
        }),
      );
      expect(
        NetworkAcls!.find(acl => !acl.IsDefault)!.Associations,
      ).toHaveLength(3);

      const open = { dbDeletionProtection: false, dbFinalSnapshot: false };
      if (input.parameters.dbDeletionProtection) {
        await stacks.apply(subject, {
          ...input,
          parameters: { ...input.parameters, ...open },
        });
      }
      await stacks.destroy(input);
      const left = await Promise.all([
        rds.send(new DescribeDBClustersCommand({})),
        cache.send(new DescribeReplicationGroupsCommand({})),
      ]);
      expect([left[0].DBClusters, left[1].ReplicationGroups]).toEqual([[], []]);
    },
  );
});
