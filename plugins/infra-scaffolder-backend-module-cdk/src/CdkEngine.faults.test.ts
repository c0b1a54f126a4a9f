import type { JsonObject } from '@backstage/types';
import { EngineBench } from './__testUtils__/EngineBench';
import { FaultyEndpoint } from './__testUtils__/FaultyEndpoint';
import { environmentFixture, requestFixture } from './__testUtils__/fixtures';
import { missingSandbox } from './__testUtils__/sandbox';

jest.setTimeout(180_000);

const describeWithAws = missingSandbox ? describe.skip : describe;

describeWithAws('CdkEngine, when AWS falters', () => {
  const bench = new EngineBench();

  beforeAll(() => bench.start(0.3));

  afterEach(() => {
    bench.endpoint.faultOf = () => undefined;
  });

  afterAll(() => bench.stop());

  it('bears throttling at every call', async () => {
    const environment = environmentFixture('busy');
    const seen = new Map<string, number>();
    bench.endpoint.faultOf = ({ action }) => {
      const count = (seen.get(action) ?? 0) + 1;
      seen.set(action, count);
      return action && count <= 4 ? 'throttle' : undefined;
    };
    const living = await bench.made(environment);
    await bench.engine.apply(
      bench.newStep(),
      await bench.planned(living, 'destroy'),
    );
    expect(seen.get('CreateStack')).toBe(5);
  });

  it('goes on asking while AWS is silent, and says so', async () => {
    const create = await bench.planned(environmentFixture('dark'), 'create');
    const ctx = bench.newStep();
    bench.endpoint.faultOf = ({ action }) =>
      action === 'DescribeStackEvents' && ctx.events.length === 0
        ? 'drop'
        : undefined;
    await bench.engine.apply(ctx, create);
    expect(
      ctx.events.filter(event => event.code === 'step.log').map(e => e.message),
    ).toEqual([
      expect.stringMatching(/^AWS does not answer in us-east-1\..*until 20/),
      'AWS answers again in us-east-1.',
    ]);
  });

  it('gives up with words when AWS stays silent', async () => {
    const impatient = bench.newEngine({ unreachableSeconds: 0 });
    bench.endpoint.faultOf = () => 'drop';
    const request = requestFixture(environmentFixture('gone'), 'create');
    await expect(
      impatient.plan(bench.newStep(), request),
    ).rejects.toMatchObject({
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
    await expect(
      bench.engine.plan(bench.newStep(), request),
    ).rejects.toMatchObject({
      problem: {
        code: 'aws.target-not-configured',
        message: expect.stringContaining('eu-west-1'),
      },
    });
  });

  it('tells no credential in events, journal, checkpoint, errors or logs', async () => {
    const canary = 'canary-9c1f-secret-access-key';
    const careful = bench.newEngine({ unreachableSeconds: 1 }, canary);
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
      const ctx = bench.newStep();
      const request = requestFixture(
        environmentFixture(name),
        'create',
        parameters,
      );
      bench.endpoint.faultOf = fault ?? (() => undefined);
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
    expect(bench.endpoint.calls.at(-1)?.headers.authorization).toContain(
      'Credential=test/',
    );
  });
});
