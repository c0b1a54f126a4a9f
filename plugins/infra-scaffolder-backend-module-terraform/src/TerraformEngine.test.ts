import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CreateTagsCommand,
  DescribeInternetGatewaysCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type {
  Environment,
  Operation,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  ACCOUNT,
  environmentFixture,
  requestFixture,
} from './__testUtils__/fixtures';
import { MemoryStepContext } from './__testUtils__/MemoryStepContext';
import {
  describeWithTerraform,
  startAws,
  type TestAws,
  whySkipped,
} from './__testUtils__/sandbox';
import { readSettings } from './config';
import { TerraformEngine } from './TerraformEngine';

jest.setTimeout(600_000);

describeWithTerraform(`TerraformEngine${whySkipped}`, () => {
  const workingDirectory = mkdtempSync(path.join(tmpdir(), 'slipway-tf-work-'));
  let aws: TestAws;
  let engine: TerraformEngine;
  let runs = 0;

  beforeAll(async () => {
    aws = await startAws(0.1);
    engine = TerraformEngine.create({
      aws: aws.aws,
      settings: readSettings(
        new ConfigReader({
          infraScaffolder: { terraform: { workingDirectory } },
        }),
      ),
    });
  });

  afterAll(async () => {
    await aws?.stop();
    rmSync(workingDirectory, { recursive: true, force: true });
  });

  const newStep = () => {
    runs += 1;
    return new MemoryStepContext(`run-${runs}`);
  };

  /** As somebody would who has the console open. */
  async function renameDoor(name: string) {
    const client = new EC2Client(
      await aws.aws.clientConfig({ accountId: ACCOUNT, region: 'us-east-1' }),
    );
    const { InternetGateways = [] } = await client.send(
      new DescribeInternetGatewaysCommand({
        Filters: [{ Name: 'tag:Name', Values: ['slipway-shop-dev-door'] }],
      }),
    );
    await client.send(
      new CreateTagsCommand({
        Resources: InternetGateways.map(each => each.InternetGatewayId!),
        Tags: [{ Key: 'Name', Value: name }],
      }),
    );
    client.destroy();
  }

  async function planned(
    ctx: MemoryStepContext,
    environment: Environment,
    operation: Operation,
    parameters: JsonObject = {},
  ) {
    const request = requestFixture(environment, operation, parameters);
    return { ...request, ...(await engine.plan(ctx, request)) };
  }

  it('plans, creates, lists, updates and destroys an environment', async () => {
    expect(await engine.availability()).toMatchObject({ available: true });
    const environment = environmentFixture('shop-dev');
    const ctx = newStep();
    const create = await planned(ctx, environment, 'create');
    expect(
      create.changes.map(({ action, path: at, type }) => [action, at, type]),
    ).toEqual([
      ['create', 'door', 'AWS::EC2::InternetGateway'],
      ['create', 'files', 'AWS::S3::Bucket'],
      ['create', 'network/vpc', 'AWS::EC2::VPC'],
      ['create', 'work[0]', 'AWS::SQS::Queue'],
      ['create', 'work[1]', 'AWS::SQS::Queue'],
      ['create', 'worker', 'AWS::IAM::Role'],
    ]);
    expect(create.changes[2].attributes).toContainEqual({
      path: 'CidrBlock',
      after: '10.0.0.0/16',
    });

    const applied = await engine.apply(ctx, create);
    expect(applied.outputs).toEqual({
      VpcId: expect.stringMatching(/^vpc-/),
      QueueUrl: expect.stringContaining('slipway-shop-dev-0'),
    });
    expect(ctx.progresses.at(-1)).toEqual({
      done: 6,
      total: 6,
      unit: 'resources',
    });

    const living = { ...environment, engineState: applied.engineState };
    expect(
      (await engine.listResources(living)).map(each => [
        each.path,
        each.status,
      ]),
    ).toEqual([
      ['door', 'done'],
      ['files', 'done'],
      ['network/vpc', 'done'],
      ['work[0]', 'done'],
      ['work[1]', 'done'],
      ['worker', 'done'],
    ]);

    expect(
      await engine.detectDrift(living, new AbortController().signal),
    ).toEqual([]);
    await expect(
      engine.detectDrift(
        {
          ...living,
          engineState: { ...applied.engineState, codeSha256: 'other' },
        },
        new AbortController().signal,
      ),
    ).rejects.toMatchObject({ problem: { code: 'terraform.code-lost' } });
    await renameDoor('changed by hand');
    expect(
      await engine.detectDrift(living, new AbortController().signal),
    ).toEqual([
      expect.objectContaining({
        path: 'door',
        type: 'AWS::EC2::InternetGateway',
        kind: 'changed',
        physicalId: expect.stringMatching(/^igw-/),
        attributes: [
          {
            path: 'Tags',
            before: expect.arrayContaining([
              { Key: 'Name', Value: 'slipway-shop-dev-door' },
            ]),
            after: expect.arrayContaining([
              { Key: 'Name', Value: 'changed by hand' },
            ]),
          },
        ],
      }),
    ]);

    const updating = newStep();
    const update = await planned(updating, living, 'update', {
      retentionDays: 5,
    });
    expect(update.changes).toEqual([
      expect.objectContaining({ path: 'door', action: 'update' }),
      ...[0, 1].map(index =>
        expect.objectContaining({
          path: `work[${index}]`,
          action: 'update',
          attributes: [
            {
              path: 'MessageRetentionPeriod',
              before: 345600,
              after: 432000,
              replaces: 'no',
            },
          ],
        }),
      ),
    ]);
    const updated = await engine.apply(updating, update);
    Object.assign(living, { engineState: updated.engineState });
    expect(
      await engine.detectDrift(living, new AbortController().signal),
    ).toEqual([]);
    await expect(engine.apply(newStep(), update)).rejects.toMatchObject({
      problem: { code: 'plan.stale' },
    });

    const destroying = newStep();
    const destroy = await planned(destroying, living, 'destroy');
    expect(destroy.changes.map(change => change.action)).toEqual(
      Array(6).fill('delete'),
    );
    await engine.apply(destroying, destroy);
    expect(await engine.listResources(living)).toEqual([]);
    expect(
      readdirSync(workingDirectory).filter(name =>
        name.startsWith('slipway-terraform-run-'),
      ),
    ).toEqual([]);
  });
});
