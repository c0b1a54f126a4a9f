import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CreateKeyCommand,
  EnableKeyRotationCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import {
  CreateQueueCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { ConfigReader } from '@backstage/config';
import { ConfiguredAwsAccess } from '@slipway/plugin-aws-node';
import { Sandbox } from '@slipway/sandbox';
import { CloudTrailCauses } from './CloudTrailCauses';
import { namesOf } from './namesOf';

jest.setTimeout(120_000);

const ACCOUNT = '123456789012';
const PLACE = { accountId: ACCOUNT, region: 'us-west-2' };
const PYTHON = path.resolve(__dirname, '../../../../.tools/venv/bin/python');
const describeWithAws = existsSync(PYTHON) ? describe : describe.skip;

describeWithAws('who changed what, by CloudTrail', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'slipway-causes-'));
  let sandbox: Sandbox;
  let aws: ConfiguredAwsAccess;

  beforeAll(async () => {
    sandbox = Sandbox.create({
      parts: ['aws'],
      dir,
      ports: { aws: 0 },
      resourceSeconds: 0.1,
    });
    await sandbox.start();
    aws = ConfiguredAwsAccess.fromConfig(
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
            { accountId: ACCOUNT, name: 'sandbox', regions: [PLACE.region] },
          ],
        },
      }),
    );
  });

  afterAll(async () => {
    await sandbox?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('finds the call by the resource, else by the service, and says where there is none', async () => {
    const config = await aws.clientConfig(PLACE);
    const kms = new KMSClient(config);
    const sqs = new SQSClient(config);
    const since = new Date();
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const keyId = KeyMetadata!.KeyId!;
    const { QueueUrl = '' } = await sqs.send(
      new CreateQueueCommand({ QueueName: 'orders' }),
    );
    const { QueueUrl: quiet = '' } = await sqs.send(
      new CreateQueueCommand({ QueueName: 'quiet' }),
    );
    await kms.send(new EnableKeyRotationCommand({ KeyId: keyId }));
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl,
        Attributes: { VisibilityTimeout: '90' },
      }),
    );
    const question = (type: string, id: string, attribute: string) => ({
      type,
      names: namesOf(id),
      attribute,
      since,
    });
    const causes = await CloudTrailCauses.create(aws).find(
      PLACE,
      [
        question('AWS::KMS::Key', keyId, 'EnableKeyRotation'),
        question('AWS::SQS::Queue', QueueUrl, 'VisibilityTimeout'),
        {
          ...question('AWS::SQS::Queue', quiet, 'VisibilityTimeout'),
          since: new Date(Date.now() + 2_000),
        },
      ],
      new AbortController().signal,
    );
    expect(causes).toEqual([
      expect.objectContaining({
        known: true,
        call: 'EnableKeyRotation',
        service: 'kms.amazonaws.com',
        because: 'names-it',
      }),
      expect.objectContaining({
        known: true,
        call: 'SetQueueAttributes',
        because: 'names-it',
        actor: expect.stringContaining(ACCOUNT),
      }),
      { known: false, reason: expect.stringContaining('last in sync') },
    ]);
  });

  it('says why it cannot be asked', async () => {
    const [cause] = await CloudTrailCauses.create({
      ...aws,
      clientConfig: async () => {
        throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
      },
    } as unknown as ConfiguredAwsAccess).find(
      PLACE,
      [
        {
          type: 'AWS::SQS::Queue',
          names: ['orders'],
          since: new Date(),
        },
      ],
      new AbortController().signal,
    );
    expect(cause).toEqual({
      known: false,
      reason: expect.stringContaining('Allow cloudtrail:LookupEvents'),
    });
  });
});
