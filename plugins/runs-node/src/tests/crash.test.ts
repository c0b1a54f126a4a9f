import { crashAtEveryBoundary } from '../testing';
import {
  FakeWorld,
  nameCall,
  preconditionCall,
  step,
  tokenCall,
  unguardedCall,
} from '../__testUtils__/FakeWorld';
import { graph, newEngine, newRun, useRuns } from '../__testUtils__/fixture';

jest.setTimeout(180_000);

describe('a back end that is killed', () => {
  const { database } = useRuns();
  let walks = 0;

  it('at any boundary, loses nothing and does nothing twice', async () => {
    const knex = await database();
    const reports = await crashAtEveryBoundary(
      async () => {
        const world = new FakeWorld();
        const kind = `walk-${(walks += 1)}`;
        const handlers = [
          step('token', async ctx => {
            const id = await ctx.call(tokenCall(world, 'stack'));
            await ctx.emit({ code: 'test.made', message: `Made ${id}` });
            return { id };
          }),
          step('name', async ctx => {
            await ctx.saveCheckpoint({ seen: true });
            await ctx.progress({ done: 1, total: 2, unit: 'things' });
            return { arn: await ctx.call(nameCall(world, 'bucket')) };
          }),
          step('precondition', async ctx => {
            await ctx.call(preconditionCall(world, 'live'));
            return { of: ctx.output<{ id: string }>('a')?.id ?? 'none' };
          }),
          step('ask', async ctx => {
            const { payload } = await ctx.waitForSignal('go', { title: 'Go?' });
            return { payload };
          }),
        ];
        return {
          createEngine: probe =>
            newEngine(knex, handlers, { kind, probe, leaseSeconds: 2 }),
          begin: async engine =>
            (
              await engine.create(
                newRun(
                  graph(
                    'a: token',
                    'b: name < a',
                    'c: precondition < a',
                    'd: ask < b c',
                  ),
                  { kind },
                ),
              )
            ).id,
          attend: async (engine, run) => {
            if (run.state === 'waiting' && run.steps[3].state === 'waiting') {
              await engine.command(
                run.id,
                { type: 'signal', signal: 'go', payload: 'yes' },
                'user:default/maya',
              );
            }
          },
          check: async ({ run }) => {
            expect(run.state).toBe('succeeded');
            expect(run.steps.map(({ output }) => output)).toEqual([
              { id: 'stack-1' },
              { arn: 'arn:bucket' },
              { of: 'stack-1' },
              { payload: 'yes' },
            ]);
            expect(world.effects.sort()).toEqual([
              'name:bucket',
              'precondition:live',
              'token:stack',
            ]);
          },
        };
      },
      { timeoutSeconds: 40, parallel: 12 },
    );
    const crashes = reports.flatMap(({ crashedAt }) => crashedAt ?? []);
    expect(crashes.length).toBeGreaterThan(35);
    expect(crashes).toEqual(
      expect.arrayContaining([
        'run.taken 1',
        'step.started a',
        'call.intended b/CreateNamed',
        'call.executed c/Flip',
        'run.rested waiting',
        'run.settling-written succeeded',
      ]),
    );
  });

  it('stops for a person where a call that nothing protects lost its answer', async () => {
    const knex = await database();
    const reports = await crashAtEveryBoundary(
      async () => {
        const world = new FakeWorld();
        const kind = `walk-${(walks += 1)}`;
        const handlers = [
          step('tell', async ctx => {
            await ctx.call(unguardedCall(world, 'hello'));
          }),
        ];
        return {
          createEngine: probe =>
            newEngine(knex, handlers, { kind, probe, leaseSeconds: 2 }),
          begin: async engine =>
            (await engine.create(newRun(graph('a: tell'), { kind }))).id,
          check: async ({ run, crashedAt }) => {
            const isUnclear = [
              'call.intended a/Notify',
              'call.executing a/Notify',
              'call.executed a/Notify',
            ].includes(crashedAt ?? '');
            expect(run.state).toBe(isUnclear ? 'needs-attention' : 'succeeded');
            const facts = {
              call: 'Notify',
              text: 'hello',
              account: '123456789012',
            };
            expect(run.problem?.code).toBe(
              isUnclear ? 'call.outcome-unknown' : undefined,
            );
            expect(run.problem?.facts).toEqual(isUnclear ? facts : undefined);
            const wasSent = crashedAt === 'call.executed a/Notify';
            expect(world.times('none:hello')).toBe(
              isUnclear && !wasSent ? 0 : 1,
            );
          },
        };
      },
      { or: ['needs-attention'], parallel: 12 },
    );
    expect(
      reports.filter(({ run }) => run.state === 'needs-attention'),
    ).toHaveLength(3);
  });
});
