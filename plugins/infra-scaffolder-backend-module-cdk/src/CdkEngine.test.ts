import { setTimeout as delay } from 'node:timers/promises';
import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { ACCOUNT, environmentFixture } from './__testUtils__/fixtures';
import { MemoryStepContext } from './__testUtils__/MemoryStepContext';
import { missingSandbox } from './__testUtils__/sandbox';
import { EngineBench, told } from './__testUtils__/EngineBench';

jest.setTimeout(180_000);

const describeWithAws = missingSandbox ? describe.skip : describe;

describeWithAws('CdkEngine', () => {
  const bench = new EngineBench();

  beforeAll(() => bench.start(0.3));

  afterAll(() => bench.stop());

  it('plans, creates, lists and destroys an environment', async () => {
    const environment = environmentFixture('shop-dev');
    const create = await bench.planned(environment, 'create');
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
    expect(await bench.stackStatus('slipway-shop-dev')).toBeUndefined();

    const ctx = bench.newStep();
    const applied = await bench.engine.apply(ctx, create);
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

    const resources = await bench.engine.listResources(environment);
    expect(resources.map(each => [each.path, each.status])).toEqual([
      ['Address', 'done'],
      ['Events', 'done'],
      ['Logs', 'done'],
      ['Network', 'done'],
    ]);

    const living = { ...environment, engineState: applied.engineState };
    const destroy = await bench.planned(living, 'destroy');
    expect(destroy.changes.map(change => change.action)).toEqual(
      Array(4).fill('delete'),
    );
    const destroyed = bench.newStep();
    await expect(bench.engine.apply(destroyed, destroy)).resolves.toEqual({
      outputs: {},
      engineState: {},
    });
    expect(told(destroyed)).toContain('Network DELETE_COMPLETE');
    expect(told(destroyed)).not.toContain('Network CREATE_COMPLETE');
    expect(await bench.stackStatus('slipway-shop-dev')).toBeUndefined();
    expect(await bench.engine.listResources(environment)).toEqual([]);
    await expect(bench.planned(environment, 'destroy')).resolves.toMatchObject({
      changes: [],
      warnings: [expect.stringContaining('nothing is left')],
    });
  });

  it('makes the same template from the same input', async () => {
    const environment = environmentFixture('same');
    const first = await bench.planned(environment, 'create');
    const second = await bench.planned(environment, 'create');
    expect(second.artifact).toEqual(first.artifact);
    expect(second.basis).toEqual(first.basis);
  });

  it('stages a template that is too long for a request', async () => {
    const create = await bench.planned(environmentFixture('long'), 'create', {
      count: 90,
    });
    expect(create.artifact.body.length).toBeGreaterThan(51_200);
    const ctx = bench.newStep();
    await bench.engine.apply(ctx, create);
    expect([...ctx.journal.keys()]).toEqual(['StageTemplate', 'CreateStack']);
    const request = bench.endpoint.calls.findLast(
      call => call.action === 'CreateStack',
    );
    expect(new URLSearchParams(request?.body).get('TemplateURL')).toMatch(
      /slipway-staging-123456789012-us-east-1\/templates\/[0-9a-f]{64}\.json$/,
    );
  });

  it('updates by exactly the change set that the plan showed', async () => {
    const environment = await bench.made(environmentFixture('upd'));
    const update = await bench.planned(environment, 'update', { days: 30 });
    expect(update.changes).toEqual([
      expect.objectContaining({
        path: 'Logs',
        action: 'update',
        attributes: [
          { path: 'RetentionInDays', before: 7, after: 30, replaces: 'no' },
        ],
      }),
    ]);
    const ctx = bench.newStep();
    await bench.engine.apply(ctx, update);
    expect(await bench.stackStatus('slipway-upd')).toBe('UPDATE_COMPLETE');
    expect(told(ctx)).toContain('Logs UPDATE_COMPLETE');
    expect(told(ctx)).not.toContain('Network CREATE_COMPLETE');

    await expect(
      bench.engine.apply(bench.newStep(), update),
    ).rejects.toMatchObject({
      problem: { code: 'plan.stale' },
    });
    const nothing = await bench.planned(environment, 'update', { days: 30 });
    expect(nothing.changes).toEqual([]);
    await bench.engine.apply(bench.newStep(), nothing);

    const replace = await bench.planned(environment, 'update', {
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
    const create = await bench.planned(environment, 'create', {
      cidr: '10.0.0.0/8',
    });
    await expect(
      bench.engine.apply(bench.newStep(), create),
    ).rejects.toMatchObject({
      problem: {
        code: 'cloudformation.create-failed',
        message: expect.stringMatching(
          /^Network \(AWS::EC2::VPC\) failed: .*AWS has removed again what it had made\.$/,
        ),
        mend: expect.stringContaining('retry'),
      },
    });
    expect(await bench.stackStatus('slipway-broken')).toBe('ROLLBACK_COMPLETE');

    const again = await bench.planned(environment, 'create');
    expect(again.warnings).toEqual([
      expect.stringContaining('it is removed first'),
    ]);
    const ctx = bench.newStep();
    await bench.engine.apply(ctx, again);
    expect([...ctx.journal.keys()]).toEqual([
      'DeleteLeftOverStack',
      'CreateStack',
    ]);
    expect(await bench.stackStatus('slipway-broken')).toBe('CREATE_COMPLETE');
  });

  it('refuses a name that somebody else has taken', async () => {
    await bench.cloudFormation.send(
      new CreateStackCommand({
        StackName: 'slipway-theirs',
        TemplateBody: '{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}',
      }),
    );
    await expect(
      bench.planned(environmentFixture('theirs'), 'create'),
    ).rejects.toMatchObject({
      problem: {
        code: 'cdk.stack-name-taken',
        mend: expect.stringContaining('another name'),
      },
    });
  });

  it('refuses a plan that the world has overtaken', async () => {
    const environment = environmentFixture('stale');
    const early = await bench.planned(environment, 'create', { days: 1 });
    const living = await bench.made(environment);
    await expect(
      bench.engine.apply(bench.newStep(), early),
    ).rejects.toMatchObject({
      problem: { code: 'plan.stale', mend: expect.stringContaining('again') },
    });
    const destroy = await bench.planned(living, 'destroy');
    await bench.engine.apply(
      bench.newStep(),
      await bench.planned(living, 'update', { days: 30 }),
    );
    await expect(
      bench.engine.apply(bench.newStep(), destroy),
    ).rejects.toMatchObject({
      problem: { code: 'plan.stale' },
    });
    expect(await bench.stackStatus('slipway-stale')).toBe('UPDATE_COMPLETE');
  });

  it('says what outlives a destroy', async () => {
    const living = await bench.made(environmentFixture('kept'), {
      retain: true,
    });
    const destroy = await bench.planned(living, 'destroy');
    expect(destroy.warnings).toEqual([
      'AWS::Logs::LogGroup /slipway/slipway-kept is kept: the blueprint says so.',
    ]);
    expect(destroy.changes.find(change => change.path === 'Logs')?.action).toBe(
      'unchanged',
    );
    await bench.engine.apply(bench.newStep(), destroy);
  });

  it('cancels a create in flight: nothing is left', async () => {
    const environment = environmentFixture('halted');
    const create = await bench.planned(environment, 'create', { count: 5 });
    const stop = new AbortController();
    const ctx = bench.newStep({ signal: stop.signal });
    const applying = bench.engine.apply(ctx, create);
    applying.catch(() => undefined);
    while (told(ctx).length === 0) {
      await delay(20);
    }
    stop.abort(new Error('cancelled'));
    await expect(applying).rejects.toThrow('cancelled');

    const undo = new MemoryStepContext(ctx.run.id, { before: ctx });
    await expect(bench.engine.cancel(undo, create)).resolves.toEqual({
      leftInAws: false,
      sentence:
        'What had been made so far was deleted; nothing is left in AWS.',
    });
    expect(await bench.stackStatus('slipway-halted')).toBeUndefined();
    await expect(bench.engine.cancel(bench.newStep(), create)).resolves.toEqual(
      {
        leftInAws: false,
        sentence: 'Nothing was made in AWS.',
      },
    );
  });

  it('takes up after a crash: one stack, and no event lost or told twice', async () => {
    const create = await bench.planned(
      environmentFixture('resumed'),
      'create',
      {
        count: 5,
      },
    );
    const stop = new AbortController();
    const before = bench.newStep({ signal: stop.signal });
    const applying = bench.engine.apply(before, create);
    applying.catch(() => undefined);
    while (told(before).length === 0) {
      await delay(20);
    }
    stop.abort(new Error('killed'));
    await expect(applying).rejects.toThrow('killed');

    const calls = bench.endpoint.count('CreateStack');
    const after = new MemoryStepContext(before.run.id, { before });
    await bench.engine.apply(after, create);
    expect(bench.endpoint.count('CreateStack')).toBe(calls);

    const whole = bench.newStep();
    await bench.engine.apply(whole, create);
    expect([...told(before), ...told(after)]).toEqual(told(whole));
  });
});
