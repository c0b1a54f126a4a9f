import {
  CloudFrontClient,
  ListDistributionsCommand,
} from '@aws-sdk/client-cloudfront';
import {
  DescribeGlobalReplicationGroupsCommand,
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import { DescribeGlobalClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  CreateHostedZoneCommand,
  ListHealthChecksCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import {
  GetBucketReplicationCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import {
  inputFor,
  missingSandbox,
  SandboxStacks,
} from '@slipway/blueprint-testing';
import type { JsonObject } from '@backstage/types';
import { subject } from './__testUtils__/subject';

jest.setTimeout(300_000);

const EAST = { stackName: 'slipway-shop-east', region: 'us-east-1' };
const WEST = { stackName: 'slipway-shop-west', region: 'us-west-2' };

(missingSandbox ? describe.skip : describe)('in the sandbox', () => {
  let stacks: SandboxStacks;
  let domain: JsonObject;

  beforeAll(async () => {
    stacks = await SandboxStacks.start();
    const { HostedZone } = await stacks.client(Route53Client).send(
      new CreateHostedZoneCommand({
        Name: 'example.com',
        CallerReference: 'test',
      }),
    );
    domain = {
      domainName: 'shop.example.com',
      hostedZoneId: HostedZone!.Id!.replace('/hostedzone/', ''),
    };
  });
  afterAll(() => stacks?.stop());

  const primary = (parameters: JsonObject = {}) =>
    inputFor(
      subject,
      'prod',
      { ...domain, partnerRegion: WEST.region, ...parameters },
      EAST,
    );
  const standby = (parameters: JsonObject) =>
    inputFor(
      subject,
      'standby',
      { ...domain, partnerStack: EAST.stackName, ...parameters },
      WEST,
    );
  const recordsOfOrigin = async () => {
    const { ResourceRecordSets = [] } = await stacks.client(Route53Client).send(
      new ListResourceRecordSetsCommand({
        HostedZoneId: String(domain.hostedZoneId),
      }),
    );
    return ResourceRecordSets.filter(
      ({ Name }) => Name === 'origin.shop.example.com.',
    ).map(({ Failover }) => Failover);
  };

  it.each(['dev', 'staging'])(
    'size %s is made and leaves nothing',
    async size => {
      const input = inputFor(subject, size, {}, { stackName: 'slipway-one' });
      const outputs = await stacks.apply(subject, input);
      const { Attributes } = await stacks.client(SQSClient).send(
        new GetQueueAttributesCommand({
          QueueUrl: outputs.QueueUrl,
          AttributeNames: ['RedrivePolicy', 'KmsMasterKeyId'],
        }),
      );
      expect(JSON.parse(Attributes!.RedrivePolicy!)).toMatchObject({
        maxReceiveCount: 5,
      });
      expect(Attributes!.KmsMasterKeyId).toBeTruthy();
      await stacks.destroy(input);
      const { QueueUrls = [] } = await stacks
        .client(SQSClient)
        .send(new ListQueuesCommand({}));
      expect(QueueUrls).toEqual([]);
    },
  );

  it('lives its life in two regions: primary, standby, joined, parted, gone', async () => {
    const rds = stacks.client(RDSClient);
    const cache = stacks.client(ElastiCacheClient);
    const s3 = stacks.client(S3Client);

    const east = await stacks.apply(subject, primary());
    expect(east.ApplicationUrl).toBe('https://shop.example.com');
    const { DistributionList } = await stacks
      .client(CloudFrontClient)
      .send(new ListDistributionsCommand({}));
    expect(DistributionList!.Items).toEqual([
      expect.objectContaining({
        DomainName: east.DistributionDomain,
        Aliases: expect.objectContaining({ Items: ['shop.example.com'] }),
      }),
    ]);

    const follow = { globalCache: east.GlobalCache };
    await stacks.apply(subject, standby(follow));
    expect(await recordsOfOrigin()).toEqual(['PRIMARY', 'SECONDARY']);
    const { GlobalClusters } = await rds.send(
      new DescribeGlobalClustersCommand({}),
    );
    expect(
      GlobalClusters![0].GlobalClusterMembers!.map(({ IsWriter }) => IsWriter),
    ).toEqual([true, false]);
    const { GlobalReplicationGroups } = await cache.send(
      new DescribeGlobalReplicationGroupsCommand({ ShowMemberInfo: true }),
    );
    expect(
      GlobalReplicationGroups![0].Members!.map(({ Role }) => Role),
    ).toEqual(['PRIMARY', 'SECONDARY']);

    const joined = { partnerStack: WEST.stackName };
    await stacks.apply(subject, primary(joined));
    const { ReplicationConfiguration } = await s3.send(
      new GetBucketReplicationCommand({ Bucket: east.StorageBucket }),
    );
    expect(ReplicationConfiguration!.Rules![0]).toMatchObject({
      Status: 'Enabled',
      Destination: {
        Bucket: 'arn:aws:s3:::slipway-shop-west-storage-123456789012-us-west-2',
      },
    });

    const open = { dbDeletionProtection: false, dbFinalSnapshot: false };
    await stacks.apply(
      subject,
      primary({ ...joined, ...open, cacheReplication: false }),
    );
    await stacks.apply(subject, standby({ ...follow, ...open }));
    await stacks.destroy(WEST);
    expect(await recordsOfOrigin()).toEqual(['PRIMARY']);
    await stacks.destroy(EAST);

    expect(await recordsOfOrigin()).toEqual([]);
    for (const { region } of [EAST, WEST]) {
      const { ReplicationGroups } = await stacks
        .client(ElastiCacheClient, region)
        .send(new DescribeReplicationGroupsCommand({}));
      expect(ReplicationGroups).toEqual([]);
    }
    const left = await Promise.all([
      rds.send(new DescribeGlobalClustersCommand({})),
      s3.send(new ListBucketsCommand({})),
      stacks.client(Route53Client).send(new ListHealthChecksCommand({})),
      stacks.client(CloudFrontClient).send(new ListDistributionsCommand({})),
    ]);
    expect([
      left[0].GlobalClusters,
      left[1].Buckets!.map(({ Name }) => Name),
      left[2].HealthChecks,
      left[3].DistributionList!.Items ?? [],
    ]).toEqual([[], ['templates'], [], []]);
  });
});
