import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CreateNatGatewayCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  DeleteNatGatewayCommand,
  DeleteVolumeCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  RDSClient,
  waitUntilDBInstanceAvailable,
} from '@aws-sdk/client-rds';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ConfigReader } from '@backstage/config';
import { ConfiguredAwsAccess } from '@slipway/plugin-aws-node';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { environmentTags } from '@slipway/plugin-infra-scaffolder-node';
import { Sandbox } from '@slipway/sandbox';
import { TagScanner } from './TagScanner';

jest.setTimeout(120_000);

const ACCOUNT = '123456789012';
const PYTHON = path.resolve(__dirname, '../../../../.tools/venv/bin/python');
const describeWithAws = existsSync(PYTHON) ? describe : describe.skip;

const environment = {
  id: '7f3a1b2c-0000-4000-8000-000000000001',
  name: 'gone',
  owner: 'group:default/storefront',
  system: 'system:default/shop',
  size: 'dev',
  accountId: ACCOUNT,
  region: 'us-west-2',
  parameters: {},
} as Environment;
const pairs = Object.entries(environmentTags(environment));
const Tags = pairs.map(([Key, Value]) => ({ Key, Value }));

describeWithAws('the look for what is left', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'slipway-leftovers-'));
  let sandbox: Sandbox;
  let scanner: TagScanner;
  let config: Awaited<ReturnType<ConfiguredAwsAccess['clientConfig']>>;
  let east: typeof config;
  const scan = (part: Partial<Environment> = {}) =>
    scanner.scan(
      { ...environment, ...part },
      { at: new Date(), signal: new AbortController().signal },
    );

  beforeAll(async () => {
    sandbox = Sandbox.create({
      parts: ['aws'],
      dir,
      ports: { aws: 0 },
      resourceSeconds: 0.05,
    });
    await sandbox.start();
    const aws = ConfiguredAwsAccess.fromConfig(
      new ConfigReader({
        aws: {
          endpoint: sandbox.awsUrl!,
          accounts: [
            {
              accountId: ACCOUNT,
              accessKeyId: 'test',
              secretAccessKey: 'test',
            },
          ],
          targets: [
            {
              accountId: ACCOUNT,
              name: 'sandbox',
              regions: ['us-east-1', 'us-west-2'],
            },
          ],
        },
      }),
    );
    scanner = TagScanner.create(aws);
    config = await aws.clientConfig({
      accountId: ACCOUNT,
      region: 'us-west-2',
    });
    east = await aws.clientConfig({ accountId: ACCOUNT, region: 'us-east-1' });
  });

  afterAll(async () => {
    await sandbox?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('finds nothing where there is nothing', async () => {
    expect(await scan()).toMatchObject({
      regions: ['us-west-2', 'us-east-1'],
      orphans: [],
      kept: [],
      failed: [],
    });
  });

  it('finds what should be gone, and says how it is removed, until it is', async () => {
    const ec2 = new EC2Client(config);
    const volume = (tags: typeof Tags) =>
      ec2.send(
        new CreateVolumeCommand({
          AvailabilityZone: 'us-west-2a',
          Size: 1,
          TagSpecifications: [{ ResourceType: 'volume', Tags: tags }],
        }),
      );
    const { VolumeId } = await volume(Tags);
    await volume([{ Key: 'slipway:environment-id', Value: 'another' }]);
    await new SQSClient(east).send(
      new CreateQueueCommand({
        QueueName: 'in-the-global-region',
        tags: Object.fromEntries(pairs),
      }),
    );
    const { orphans } = await scan();
    expect(orphans).toEqual([
      {
        arn: `arn:aws:ec2:us-west-2:${ACCOUNT}:volume/${VolumeId}`,
        region: 'us-west-2',
        service: 'ec2',
        howToRemove: `aws ec2 delete-volume --volume-id ${VolumeId} --region us-west-2`,
      },
      expect.objectContaining({
        arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:in-the-global-region`,
        region: 'us-east-1',
      }),
    ]);
    const { Vpc } = await ec2.send(
      new CreateVpcCommand({ CidrBlock: '10.9.0.0/24' }),
    );
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: Vpc!.VpcId, CidrBlock: '10.9.0.0/28' }),
    );
    const { NatGateway } = await ec2.send(
      new CreateNatGatewayCommand({
        SubnetId: Subnet!.SubnetId,
        ConnectivityType: 'private',
        TagSpecifications: [{ ResourceType: 'natgateway', Tags }],
      }),
    );
    expect((await scan()).orphans).toHaveLength(3);
    const { NatGatewayId } = NatGateway!;
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    await ec2.send(new DeleteVolumeCommand({ VolumeId }));
    expect((await scan()).orphans).toHaveLength(1);
  });

  it('tells from it what is kept on purpose, and until when', async () => {
    const kms = new KMSClient(config);
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({
        Tags: pairs.map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      }),
    );
    const keyArn = KeyMetadata!.Arn!;
    expect((await scan()).orphans.map(({ arn }) => arn)).toContain(keyArn);
    await kms.send(
      new ScheduleKeyDeletionCommand({ KeyId: keyArn, PendingWindowInDays: 7 }),
    );
    const secrets = new SecretsManagerClient(config);
    const { ARN } = await secrets.send(
      new CreateSecretCommand({ Name: 'gone/db', SecretString: 'x', Tags }),
    );
    await secrets.send(
      new DeleteSecretCommand({ SecretId: ARN, RecoveryWindowInDays: 7 }),
    );
    const rds = new RDSClient(config);
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: 'gone',
        DBInstanceClass: 'db.t3.micro',
        Engine: 'postgres',
        AllocatedStorage: 20,
        MasterUsername: 'keeper',
        MasterUserPassword: 'not-a-secret-1',
      }),
    );
    await waitUntilDBInstanceAvailable(
      { client: rds, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
      { DBInstanceIdentifier: 'gone' },
    );
    await rds.send(
      new CreateDBSnapshotCommand({
        DBInstanceIdentifier: 'gone',
        DBSnapshotIdentifier: 'gone-final',
        Tags,
      }),
    );
    const { orphans, kept } = await scan();
    expect(orphans.map(({ region }) => region)).toEqual(['us-east-1']);
    const byType = Object.fromEntries(kept.map(each => [each.type, each]));
    const inAWeek = Date.now() + 7 * 24 * 3_600_000;
    expect(byType['KMS key'].id).toBe(keyArn);
    expect(
      Math.abs(Date.parse(byType['KMS key'].until!) - inAWeek),
    ).toBeLessThan(24 * 3_600_000);
    expect(byType.Snapshot.id).toMatch(/snapshot:gone-final$/);
    // Secrets Manager may hide what is pending deletion from the tagging API; where it is told, its end is too.
    expect(byType.Secret?.id ?? ARN).toBe(ARN);
  });

  it('reads every page', async () => {
    const sqs = new SQSClient(config);
    const tags = { 'slipway:environment-id': 'many' };
    await Promise.all(
      Array.from({ length: 103 }, (_, index) =>
        sqs.send(new CreateQueueCommand({ QueueName: `many-${index}`, tags })),
      ),
    );
    expect((await scan({ id: 'many' })).orphans).toHaveLength(103);
  });

  it('names a region that it may not look at', async () => {
    const { regions, failed } = await scan({
      parameters: { partnerRegion: 'eu-west-1' },
    });
    expect(regions).toEqual(['us-west-2', 'us-east-1']);
    expect(failed).toEqual([
      { region: 'eu-west-1', reason: expect.stringContaining('eu-west-1') },
    ]);
  });
});
