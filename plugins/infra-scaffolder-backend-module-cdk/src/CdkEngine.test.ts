import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { FaultyEndpoint } from './__testUtils__/FaultyEndpoint';
import {
  ACCOUNT,
  environmentFixture,
  requestFixture,
} from './__testUtils__/fixtures';
import { MemoryStepContext } from './__testUtils__/MemoryStepContext';
import {
  accessTo,
  missingSandbox,
  startAws,
  type TestAws,
} from './__testUtils__/sandbox';
import { ConfiguredGateways } from './aws/ConfiguredGateways';
import { CdkEngine } from './CdkEngine';
import { ForkedSynthesiser } from './synth/ForkedSynthesiser';

jest.setTimeout(180_000);

const describeWithAws = missingSandbox ? describe.skip : describe;
if (missingSandbox) {
  // eslint-disable-next-line no-console
  console.warn(`Tests of the CDK engine are left out: ${missingSandbox}`);
}

const WATCH = { pollIntervalMilliseconds: 100, unreachableSeconds: 30 };

function synthesiserForTests() {
  return ForkedSynthesiser.create({
    settings: {
      prewarm: false,
      heapMegabytes: 1024,
      synthTimeoutSeconds: 120,
      workingDirectory: tmpdir(),
    },
    logger: mockServices.logger.mock(),
  });
}

describeWithAws('CdkEngine', () => {
  let aws: TestAws;
  let endpoint: FaultyEndpoint;
  let synthesiser: ForkedSynthesiser;
  let engine: CdkEngine;
  let cloudFormation: CloudFormationClient;
  let runs = 0;

  beforeAll(async () => {
    aws = await startAws(0.3);
    endpoint = await FaultyEndpoint.start(aws.url);
    synthesiser = synthesiserForTests();
    engine = CdkEngine.create({
      gateways: ConfiguredGateways.create(accessTo(endpoint.url)),
      synthesiser,
      settings: WATCH,
    });
    cloudFormation = new CloudFormationClient(
      await aws.aws.clientConfig({ accountId: ACCOUNT, region: 'us-east-1' }),
    );
  });

  afterEach(() => {
    endpoint.faultOf = () => undefined;
  });

  afterAll(async () => {
    cloudFormation?.destroy();
    await synthesiser?.close();
    await endpoint?.stop();
    await aws?.stop();
  });

  const newStep = (options?: { signal?: AbortSignal }) => {
    runs += 1;
    return new MemoryStepContext(`run-${runs}`, options);
  };

  async function planned(
    environment: Environment,
    operation: 'create' | 'update' | 'destroy',
    parameters: JsonObject = {},
  ) {
    const request = requestFixture(environment, operation, parameters);
    return { ...request, ...(await engine.plan(newStep(), request)) };
  }

  async function made(
    environment: Environment,
    parameters: JsonObject = {},
  ): Promise<Environment> {
    const { engineState } = await engine.apply(
      newStep(),
      await planned(environment, 'create', parameters),
    );
    return { ...environment, engineState };
  }

  const stackStatus = async (name: string) => {
    try {
      const { Stacks } = await cloudFormation.send(
        new DescribeStacksCommand({ StackName: name }),
      );
      return Stacks?.[0].StackStatus;
    } catch {
      return undefined;
    }
  };

  const told = (ctx: MemoryStepContext) =>
    ctx.events
      .filter(event => event.code === 'infra.resource')
      .map(event => `${event.data?.path} ${event.data?.awsStatus}`);

  it('plans, creates, lists and destroys an environment', async () => {
    const environment = environmentFixture('shop-dev');
    const create = await planned(environment, 'create');
    expect(
      create.changes.map(({ action, path, type }) => [action, path, type]),
    ).toEqual([
      ['create', 'Address', 'AWS::SSM::Parameter'],
      ['create', 'Events', 'AWS::SNS::Topic'],
      ['create', 'Logs', 'AWS::Logs::LogGroup'],
      ['create', 'Network', 'AWS::EC2::VPC'],
    ]);
    expect(create.changes[3].attributes).toContainEqual({
      path: 'CidrBlock',
      after: '10.0.0.0/16',
    });
    expect(await stackStatus('slipway-shop-dev')).toBeUndefined();

    const ctx = newStep();
    const applied = await engine.apply(ctx, create);
    expect(applied).toEqual({
      outputs: {
        TopicArn: `arn:aws:sns:us-east-1:${ACCOUNT}:slipway-shop-dev-events`,
      },
      engineState: {
        stackName: 'slipway-shop-dev',
        stackId: expect.stringContaining(':stack/slipway-shop-dev/'),
        availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      },
    });
    expect(ctx.progresses.at(-1)).toEqual({
      done: 4,
      total: 4,
      unit: 'resources',
    });
    const last = ctx.events.findLast(event => event.data?.path === 'Network');
    expect(last?.data).toMatchObject({
      status: 'done',
      awsStatus: 'CREATE_COMPLETE',
      physicalId: expect.stringMatching(/^vpc-/),
      startedAt: expect.stringMatching(/Z$/),
      consoleUrl: expect.stringContaining('VpcDetails'),
    });

    const resources = await engine.listResources(environment);
    expect(resources.map(each => [each.path, each.status])).toEqual([
      ['Address', 'done'],
      ['Events', 'done'],
      ['Logs', 'done'],
      ['Network', 'done'],
    ]);

    const living = { ...environment, engineState: applied.engineState };
    const destroy = await planned(living, 'destroy');
    expect(destroy.changes.map(change => change.action)).toEqual(
      Array(4).fill('delete'),
    );
    const destroyed = newStep();
    await expect(engine.apply(destroyed, destroy)).resolves.toEqual({
      outputs: {},
      engineState: {},
    });
    expect(told(destroyed)).toContain('Network DELETE_COMPLETE');
    expect(told(destroyed)).not.toContain('Network CREATE_COMPLETE');
    expect(await stackStatus('slipway-shop-dev')).toBeUndefined();
    expect(await engine.listResources(environment)).toEqual([]);
    await expect(planned(environment, 'destroy')).resolves.toMatchObject({
      changes: [],
      warnings: [expect.stringContaining('nothing is left')],
    });
  });

  it('makes the same template from the same input', async () => {
    const environment = environmentFixture('same');
    const first = await planned(environment, 'create');
    const second = await planned(environment, 'create');
    expect(second.artifact).toEqual(first.artifact);
    expect(second.basis).toEqual(first.basis);
  });

  it('stages a template that is too long for a request', async () => {
    const create = await planned(environmentFixture('long'), 'create', {
      count: 90,
    });
    expect(create.artifact.body.length).toBeGreaterThan(51_200);
    const ctx = newStep();
    await engine.apply(ctx, create);
    expect([...ctx.journal.keys()]).toEqual(['StageTemplate', 'CreateStack']);
    const request = endpoint.calls.findLast(
      call => call.action === 'CreateStack',
    );
    expect(new URLSearchParams(request?.body).get('TemplateURL')).toMatch(
      /slipway-staging-123456789012-us-east-1\/templates\/[0-9a-f]{64}\.json$/,
    );
  });

  it('updates by exactly the change set that the plan showed', async () => {
    const environment = await made(environmentFixture('upd'));
    const update = await planned(environment, 'update', { days: 30 });
    expect(update.changes).toEqual([
      expect.objectContaining({
        path: 'Logs',
        action: 'update',
        attributes: [
          { path: 'RetentionInDays', before: 7, after: 30, replaces: 'no' },
        ],
      }),
    ]);
    const ctx = newStep();
    await engine.apply(ctx, update);
    expect(await stackStatus('slipway-upd')).toBe('UPDATE_COMPLETE');
    expect(told(ctx)).toContain('Logs UPDATE_COMPLETE');
    expect(told(ctx)).not.toContain('Network CREATE_COMPLETE');

    await expect(engine.apply(newStep(), update)).rejects.toMatchObject({
      problem: { code: 'plan.stale' },
    });
    const nothing = await planned(environment, 'update', { days: 30 });
    expect(nothing.changes).toEqual([]);
    await engine.apply(newStep(), nothing);

    const replace = await planned(environment, 'update', {
      days: 30,
      cidr: '10.9.0.0/16',
    });
    expect(replace.changes).toContainEqual(
      expect.objectContaining({
        path: 'Network',
        action: 'replace',
        attributes: [
          {
            path: 'CidrBlock',
            before: '10.0.0.0/16',
            after: '10.9.0.0/16',
            replaces: 'yes',
          },
        ],
      }),
    );
  });

  it('names the resource that failed, and makes anew what was rolled back', async () => {
    const environment = environmentFixture('broken');
    const create = await planned(environment, 'create', { cidr: '10.0.0.0/8' });
    await expect(engine.apply(newStep(), create)).rejects.toMatchObject({
      problem: {
        code: 'cloudformation.create-failed',
        message: expect.stringMatching(
          /^Network \(AWS::EC2::VPC\) failed: .*AWS has removed again what it had made\.$/,
        ),
        mend: expect.stringContaining('retry'),
      },
    });
    expect(await stackStatus('slipway-broken')).toBe('ROLLBACK_COMPLETE');

    const again = await planned(environment, 'create');
    expect(again.warnings).toEqual([
      expect.stringContaining('it is removed first'),
    ]);
    const ctx = newStep();
    await engine.apply(ctx, again);
    expect([...ctx.journal.keys()]).toEqual([
      'DeleteLeftOverStack',
      'CreateStack',
    ]);
    expect(await stackStatus('slipway-broken')).toBe('CREATE_COMPLETE');
  });

  it('refuses a name that somebody else has taken', async () => {
    await cloudFormation.send(
      new CreateStackCommand({
        StackName: 'slipway-theirs',
        TemplateBody: '{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}',
      }),
    );
    await expect(
      planned(environmentFixture('theirs'), 'create'),
    ).rejects.toMatchObject({
      problem: {
        code: 'cdk.stack-name-taken',
        mend: expect.stringContaining('another name'),
      },
    });
  });

  it('refuses a plan that the world has overtaken', async () => {
    const environment = environmentFixture('stale');
    const early = await planned(environment, 'create', { days: 1 });
    const living = await made(environment);
    await expect(engine.apply(newStep(), early)).rejects.toMatchObject({
      problem: { code: 'plan.stale', mend: expect.stringContaining('again') },
    });
    const destroy = await planned(living, 'destroy');
    await engine.apply(
      newStep(),
      await planned(living, 'update', { days: 30 }),
    );
    await expect(engine.apply(newStep(), destroy)).rejects.toMatchObject({
      problem: { code: 'plan.stale' },
    });
    expect(await stackStatus('slipway-stale')).toBe('UPDATE_COMPLETE');
  });

  it('says what outlives a destroy', async () => {
    const living = await made(environmentFixture('kept'), { retain: true });
    const destroy = await planned(living, 'destroy');
    expect(destroy.warnings).toEqual([
      'AWS::Logs::LogGroup /slipway/slipway-kept is kept: the blueprint says so.',
    ]);
    expect(destroy.changes.find(change => change.path === 'Logs')?.action).toBe(
      'unchanged',
    );
    await engine.apply(newStep(), destroy);
  });

  it('cancels a create in flight: nothing is left', async () => {
    const environment = environmentFixture('halted');
    const create = await planned(environment, 'create', { count: 5 });
    const stop = new AbortController();
    const ctx = newStep({ signal: stop.signal });
    const applying = engine.apply(ctx, create);
    applying.catch(() => undefined);
    while (told(ctx).length === 0) {
      await delay(20);
    }
    stop.abort(new Error('cancelled'));
    await expect(applying).rejects.toThrow('cancelled');

    const undo = new MemoryStepContext(ctx.run.id, { before: ctx });
    await expect(engine.cancel(undo, create)).resolves.toEqual({
      leftInAws: false,
      sentence:
        'What had been made so far was deleted; nothing is left in AWS.',
    });
    expect(await stackStatus('slipway-halted')).toBeUndefined();
    await expect(engine.cancel(newStep(), create)).resolves.toEqual({
      leftInAws: false,
      sentence: 'Nothing was made in AWS.',
    });
  });

  it('takes up after a crash: one stack, and no event lost or told twice', async () => {
    const create = await planned(environmentFixture('resumed'), 'create', {
      count: 5,
    });
    const stop = new AbortController();
    const before = newStep({ signal: stop.signal });
    const applying = engine.apply(before, create);
    applying.catch(() => undefined);
    while (told(before).length === 0) {
      await delay(20);
    }
    stop.abort(new Error('killed'));
    await expect(applying).rejects.toThrow('killed');

    const calls = endpoint.count('CreateStack');
    const after = new MemoryStepContext(before.run.id, { before });
    await engine.apply(after, create);
    expect(endpoint.count('CreateStack')).toBe(calls);

    const whole = newStep();
    await engine.apply(whole, create);
    expect([...told(before), ...told(after)]).toEqual(told(whole));
  });

  it('bears throttling at every call', async () => {
    const environment = environmentFixture('busy');
    const seen = new Map<string, number>();
    endpoint.faultOf = ({ action }) => {
      const count = (seen.get(action) ?? 0) + 1;
      seen.set(action, count);
      return action && count <= 4 ? 'throttle' : undefined;
    };
    const living = await made(environment);
    await engine.apply(newStep(), await planned(living, 'destroy'));
    expect(seen.get('CreateStack')).toBe(5);
  });

  it('goes on asking while AWS is silent, and says so', async () => {
    const create = await planned(environmentFixture('dark'), 'create');
    const ctx = newStep();
    endpoint.faultOf = ({ action }) =>
      action === 'DescribeStackEvents' && ctx.events.length === 0
        ? 'drop'
        : undefined;
    await engine.apply(ctx, create);
    expect(
      ctx.events.filter(event => event.code === 'step.log').map(e => e.message),
    ).toEqual([
      expect.stringMatching(/^AWS does not answer in us-east-1\..*until 20/),
      'AWS answers again in us-east-1.',
    ]);
  });

  it('gives up with words when AWS stays silent', async () => {
    const impatient = CdkEngine.create({
      gateways: ConfiguredGateways.create(accessTo(endpoint.url)),
      synthesiser,
      settings: { ...WATCH, unreachableSeconds: 0 },
    });
    endpoint.faultOf = () => 'drop';
    const request = requestFixture(environmentFixture('gone'), 'create');
    await expect(impatient.plan(newStep(), request)).rejects.toMatchObject({
      retryable: true,
      problem: {
        code: 'aws.unreachable',
        mend: expect.stringContaining('retry'),
      },
    });
  });

  it('refuses accounts and regions that are not configured', async () => {
    const request = requestFixture(
      environmentFixture('far', { region: 'eu-west-1' }),
      'create',
    );
    await expect(engine.plan(newStep(), request)).rejects.toMatchObject({
      problem: {
        code: 'aws.target-not-configured',
        message: expect.stringContaining('eu-west-1'),
      },
    });
  });

  it('tells no credential in events, journal, checkpoint, errors or logs', async () => {
    const canary = 'canary-9c1f-secret-access-key';
    const careful = CdkEngine.create({
      gateways: ConfiguredGateways.create(accessTo(endpoint.url, canary)),
      synthesiser,
      settings: { ...WATCH, unreachableSeconds: 1 },
    });
    const printed: unknown[] = [];
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map(
      level =>
        jest.spyOn(console, level).mockImplementation((...args) => {
          printed.push(args);
        }),
    );
    const kept: unknown[] = [];
    const attempt = async (
      name: string,
      parameters: JsonObject,
      fault?: FaultyEndpoint['faultOf'],
    ) => {
      const ctx = newStep();
      const request = requestFixture(
        environmentFixture(name),
        'create',
        parameters,
      );
      endpoint.faultOf = fault ?? (() => undefined);
      const outcome = await careful
        .plan(ctx, request)
        .then(plan => careful.apply(ctx, { ...request, ...plan }))
        .catch(error => error.problem ?? error);
      kept.push(
        ctx.events,
        ctx.facts,
        [...ctx.journal],
        ctx.checkpoint,
        outcome,
      );
      return outcome;
    };
    expect(await attempt('canary-1', {})).toHaveProperty('outputs');
    expect(await attempt('canary-2', { cidr: '10.0.0.0/8' })).toHaveProperty(
      'code',
      'cloudformation.create-failed',
    );
    expect(
      await attempt('canary-3', {}, ({ action }) =>
        action === 'DescribeStackEvents' ? 'drop' : undefined,
      ),
    ).toHaveProperty('code', 'aws.unreachable');
    spies.forEach(spy => spy.mockRestore());
    expect(JSON.stringify([kept, printed])).not.toContain(canary);
    expect(endpoint.calls.at(-1)?.headers.authorization).toContain(
      'Credential=test/',
    );
  });
});
