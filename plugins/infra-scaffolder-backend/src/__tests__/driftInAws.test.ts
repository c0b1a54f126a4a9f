import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { DriftReport } from '@slipway/plugin-infra-scaffolder-common';
import cdkEngine from '@slipway/plugin-infra-scaffolder-backend-module-cdk';
import { FakeWorld } from '../__testUtils__/FakeEngine';
import { MAYA, startPortal, type Portal } from '../__testUtils__/portal';
import { queueBlueprint } from '../__testUtils__/queueBlueprint';
import {
  describeWithAws,
  startSandboxAws,
  type SandboxAws,
} from '../__testUtils__/sandboxAws';

jest.setTimeout(180_000);

const PLACE = { accountId: '123456789012', region: 'us-east-1' };

describeWithAws('what somebody changes in AWS behind the portal’s back', () => {
  let aws: SandboxAws;
  let portal: Portal;
  afterAll(async () => {
    await portal?.stop();
    await aws?.stop();
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  beforeAll(async () => {
    aws = await startSandboxAws();
    const world = new FakeWorld();
    world.isEngine = false;
    world.blueprints = [
      {
        blueprint: queueBlueprint,
        cdkModule: require.resolve('../__testUtils__/queueBlueprint'),
      },
    ];
    portal = await startPortal({
      knex: await databases.init('POSTGRES_18'),
      world,
      config: {
        cdk: { worker: { prewarm: false } },
      },
      features: [cdkEngine],
      aws: aws.service,
    });
  }, 120_000);

  const report = async (): Promise<DriftReport> =>
    (await portal.as(MAYA).get('/environments/shop/drift').expect(200)).body;

  async function checked(): Promise<DriftReport> {
    const before = await report();
    await portal.as(MAYA).post('/environments/shop/drift/check').expect(202);
    return portal.until('it is checked', async () => {
      const after = await report();
      return (
        after.state !== 'checking' &&
        after.checkedAt !== before.checkedAt &&
        after
      );
    });
  }

  async function applied(runId: string) {
    await portal.confirm(runId);
    await portal.runIs(runId, 'succeeded');
  }

  it('is found with who did it, taken over into its parameter, and the rest put back', async () => {
    const config = await aws.access.clientConfig(PLACE);
    const iam = new IAMClient(config);
    const sqs = new SQSClient(config);
    const created = await portal.create({
      name: 'shop',
      blueprint: { id: queueBlueprint.id, version: queueBlueprint.version },
    });
    await applied(created.runId);
    expect(await checked()).toMatchObject({ state: 'in_sync', findings: [] });

    const urlOf = async (name: string) =>
      (
        await sqs.send(
          new GetQueueUrlCommand({ QueueName: `slipway-shop-${name}` }),
        )
      ).QueueUrl;
    await iam.send(new CreateUserCommand({ UserName: 'kim' }));
    const { AccessKey } = await iam.send(
      new CreateAccessKeyCommand({ UserName: 'kim' }),
    );
    const kim = new SQSClient({
      ...config,
      credentials: {
        accessKeyId: AccessKey!.AccessKeyId!,
        secretAccessKey: AccessKey!.SecretAccessKey!,
      },
    });
    await kim.send(
      new SetQueueAttributesCommand({
        QueueUrl: await urlOf('orders'),
        Attributes: { VisibilityTimeout: '90' },
      }),
    );
    await kim.send(
      new SetQueueAttributesCommand({
        QueueUrl: await urlOf('returns'),
        Attributes: { MessageRetentionPeriod: '3600' },
      }),
    );
    const attributes = async (name: string) =>
      (
        await sqs.send(
          new GetQueueAttributesCommand({
            QueueUrl: await urlOf(name),
            AttributeNames: ['All'],
          }),
        )
      ).Attributes;

    const found = await checked();
    expect(found).toMatchObject({
      state: 'drifted',
      findings: [
        {
          type: 'AWS::SQS::Queue',
          path: 'Orders',
          attributes: [{ path: 'VisibilityTimeout', before: 30, after: 90 }],
        },
        {
          path: 'Returns',
          attributes: [
            { path: 'MessageRetentionPeriod', before: 345600, after: 3600 },
          ],
        },
      ],
    });
    for (const { cause } of found.findings.flatMap(each => each.attributes)) {
      expect(cause).toMatchObject({
        known: true,
        actor: 'kim',
        call: 'SetQueueAttributes',
        because: 'names-it',
      });
    }

    const [{ logicalId }] = found.findings;
    const accepted = await portal
      .as(MAYA)
      .post('/environments/shop/drift/accept', {
        attributes: [{ logicalId, attribute: 'VisibilityTimeout' }],
      })
      .expect(202);
    await applied(accepted.body.runId);
    expect((await portal.environment('shop')).parameters).toEqual({
      visibilitySeconds: 90,
    });
    expect(await attributes('orders')).toMatchObject({
      VisibilityTimeout: '90',
    });
    expect(await attributes('returns')).toMatchObject({
      MessageRetentionPeriod: '3600',
    });

    expect((await checked()).findings).toMatchObject([
      { path: 'Returns', attributes: [{ path: 'MessageRetentionPeriod' }] },
    ]);
    const { runId } = (
      await portal.as(MAYA).post('/environments/shop/drift/revert').expect(202)
    ).body;
    await portal.runIs(runId, 'waiting');
    const { plan } = (await portal.as(MAYA).get(`/runs/${runId}/plan`)).body;
    expect(plan.changes).toMatchObject([
      {
        path: 'Returns',
        action: 'update',
        attributes: [
          { path: 'MessageRetentionPeriod', before: 3600, after: 345600 },
        ],
      },
    ]);
    await applied(runId);
    expect(await attributes('returns')).toMatchObject({
      MessageRetentionPeriod: '345600',
    });
    expect(await checked()).toMatchObject({ state: 'in_sync', findings: [] });
  });
});
