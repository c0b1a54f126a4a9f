import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  CreateHostedZoneCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import {
  GetBucketReplicationCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { JsonObject } from '@backstage/types';
import {
  inputFor,
  missingSandbox,
  SandboxStacks,
} from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

jest.setTimeout(300_000);

const EAST = { stackName: 'slipway-app-east', region: 'us-east-1' };
const WEST = { stackName: 'slipway-app-west', region: 'us-west-2' };

(missingSandbox ? describe.skip : describe)('in the sandbox', () => {
  let stacks: SandboxStacks;
  beforeAll(async () => {
    stacks = await SandboxStacks.start();
  });
  afterAll(() => stacks?.stop());

  it.each(['dev', 'staging'])(
    'size %s is made and leaves nothing',
    async size => {
      const ec2 = stacks.client(EC2Client);
      const input = inputFor(subject, size, {}, { stackName: 'slipway-one' });
      const outputs = await stacks.apply(subject, input);
      const bastion = outputs.BastionCommand.split(' ').at(-1)!;
      const stateOf = async () => {
        const { Reservations } = await ec2.send(
          new DescribeInstancesCommand({ InstanceIds: [bastion] }),
        );
        return Reservations![0].Instances![0].State!.Name;
      };
      expect(await stateOf()).toBe('running');
      await stacks.destroy(input);
      expect(await stateOf()).toBe('terminated');
    },
  );

  it('lives in two regions: primary, standby, joined, gone', async () => {
    const route53 = stacks.client(Route53Client);
    const { HostedZone } = await route53.send(
      new CreateHostedZoneCommand({
        Name: 'example.com',
        CallerReference: 'test',
      }),
    );
    const domain = {
      domainName: 'app.example.com',
      hostedZoneId: HostedZone!.Id!.replace('/hostedzone/', ''),
    };
    const primary = (values: JsonObject = {}) =>
      inputFor(
        subject,
        'prod',
        { ...domain, partnerRegion: WEST.region, ...values },
        EAST,
      );
    const standby = inputFor(
      subject,
      'standby',
      { ...domain, partnerStack: EAST.stackName, partnerRegion: EAST.region },
      WEST,
    );
    const east = await stacks.apply(subject, primary());
    await stacks.apply(subject, standby);
    const { DBInstances } = await stacks
      .client(RDSClient, WEST.region)
      .send(new DescribeDBInstancesCommand({}));
    expect(DBInstances).toEqual([
      expect.objectContaining({
        DBInstanceStatus: 'available',
        ReadReplicaSourceDBInstanceIdentifier:
          'arn:aws:rds:us-east-1:123456789012:db:slipway-app-east-database',
      }),
    ]);
    const joined = { partnerStack: WEST.stackName };
    await stacks.apply(subject, primary(joined));
    const s3 = stacks.client(S3Client);
    const { ReplicationConfiguration } = await s3.send(
      new GetBucketReplicationCommand({ Bucket: east.BackupsBucket }),
    );
    expect(ReplicationConfiguration!.Rules).toHaveLength(1);
    const { ResourceRecordSets = [] } = await route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: domain.hostedZoneId }),
    );
    expect(
      ResourceRecordSets.filter(
        ({ Name }) => Name === 'origin.app.example.com.',
      ).map(({ Failover }) => Failover),
    ).toEqual(['PRIMARY', 'SECONDARY']);

    await stacks.destroy(WEST);
    await stacks.apply(
      subject,
      primary({ dbDeletionProtection: false, dbFinalSnapshot: false }),
    );
    await stacks.destroy(EAST);
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets!.map(({ Name }) => Name)).toEqual(['templates']);
  });
});
