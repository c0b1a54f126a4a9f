import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { StepFailedError } from '../errors';
import { settled } from '../testing';
import type { MutatingCall, Observation, StepContext } from '../types';
import {
  FakeWorld,
  nameCall,
  step,
  unguardedCall,
} from '../__testUtils__/FakeWorld';
import { graph, newRun, useRuns } from '../__testUtils__/fixture';

jest.setTimeout(60_000);

const maya = 'user:default/maya';

function awsError(name: string, status: number) {
  return Object.assign(new Error(`${name} happened`), {
    name,
    $fault: status >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: status },
  });
}

describe('steps', () => {
  const runs = useRuns();
  let knex: Knex;
  beforeAll(async () => {
    knex = await runs.database();
  });

  it('wait for a signal across back ends, and lose none that came early', async () => {
    const handlers = [
      step('ask', async ctx => {
        const signal = await ctx.waitForSignal('go', { title: 'Go?' });
        const again = await ctx.waitForSignal('go', { title: 'Go?' });
        expect(again).toEqual(signal);
        if (signal.payload === 'wrong') {
          throw new Error('Wrong answer');
        }
        return { payload: signal.payload, actor: signal.actor };
      }),
    ];
    const first = runs.engine(knex, handlers, { kind: 'signals' });
    await first.start();
    const { id } = await first.create(
      newRun(graph('a: ask'), { kind: 'signals' }),
    );
    const waiting = await settled(first, id, { or: ['waiting'] });
    expect(waiting.steps[0].waitingFor).toEqual({ title: 'Go?', signal: 'go' });
    expect(await knex('runs').where({ id }).first()).toMatchObject({
      driver: null,
      claimable_at: null,
    });
    await first.stop();
    const second = runs.engine(knex, handlers, { kind: 'signals' });
    const send = (payload: string) =>
      second.command(id, { type: 'signal', signal: 'go', payload }, maya);
    await send('superseded');
    await send('wrong');
    await second.start();
    expect((await settled(second, id)).problem?.message).toBe('Wrong answer');
    await expect(send('late')).rejects.toThrow('nothing waits');
    await second.command(id, { type: 'retry', stepId: 'a' }, maya);
    await settled(second, id, { or: ['waiting'] });
    await send('right');
    expect((await settled(second, id)).steps[0].output).toEqual({
      payload: 'right',
      actor: maya,
    });

    const early = await second.create(
      newRun(graph('a: ask'), { kind: 'signals' }),
    );
    await second.command(
      early.id,
      { type: 'signal', signal: 'go', payload: 'early' },
      maya,
    );
    expect((await settled(second, early.id)).state).toBe('succeeded');
  });

  it('wait for a time, and no longer than they said for a signal', async () => {
    const engine = runs.engine(knex, [
      step('timer', async ctx => {
        const until = ctx.checkpoint
          ? new Date(String(ctx.checkpoint.until))
          : new Date(ctx.now().getTime() + 300);
        await ctx.saveCheckpoint({ until: until.toISOString() });
        if (ctx.now() < until) {
          await ctx.waitUntil(until, 'a while');
        }
        return { late: ctx.now().getTime() - until.getTime() };
      }),
      step('impatient', async ctx => {
        const begun = new Date(String(ctx.step.input.until));
        await ctx.waitForSignal('go', { title: 'Approval', until: begun });
      }),
    ]);
    await engine.start();
    const [timer, impatient] = graph('timer', 'impatient');
    const until = new Date(Date.now() + 300).toISOString();
    const { id } = await engine.create(
      newRun([timer, { ...impatient, input: { until } }]),
    );
    const run = await settled(engine, id);
    expect(run.steps[0].output?.late).toBeGreaterThanOrEqual(0);
    expect(run.problem).toMatchObject({
      code: 'step.wait-expired',
      message: `Approval: nobody answered until ${until}`,
    });
    expect(run.state).toBe('failed');
  });

  it('run side by side where the graph allows', async () => {
    let together = 0;
    let most = 0;
    const engine = runs.engine(knex, [
      step('both', async ctx => {
        together += 1;
        most = Math.max(most, together);
        await ctx.sleep(150);
        together -= 1;
      }),
    ]);
    await engine.start();
    const { id } = await engine.create(
      newRun(graph('a: both', 'b: both', 'c: both', 'd: both < a b c')),
    );
    await settled(engine, id);
    expect(most).toBe(3);
  });

  it('are cut off when they take too long, and retried where they may be', async () => {
    const tries: string[] = [];
    const engine = runs.engine(knex, [
      step('hangs', async ctx => ctx.sleep(60_000)),
      step('deaf', async () => delay(60_000, undefined, { ref: false })),
      step('flaky', async ctx => {
        tries.push(`${ctx.step.attempt}`);
        if (ctx.step.attempt < 3) {
          throw new StepFailedError(
            { code: 'test.throttled', message: 'Slow down' },
            { retryable: true },
          );
        }
      }),
    ]);
    await engine.start();
    const [hangs, deaf, flaky] = graph('hangs', 'deaf', 'flaky');
    const { id } = await engine.create(
      newRun([
        { ...hangs, timeoutSeconds: 0.2 },
        { ...deaf, timeoutSeconds: 0.2 },
        { ...flaky, retry: { attempts: 2, delaySeconds: 0.1 } },
      ]),
    );
    const run = await settled(engine, id);
    expect(run.steps).toMatchObject([
      { state: 'failed', problem: { code: 'step.timed-out' } },
      { state: 'failed', problem: { code: 'step.timed-out' } },
      { state: 'succeeded', attempt: 3 },
    ]);
    expect(tries).toEqual(['1', '2', '3']);
  });

  it('do not count the wait for a turn, and what comes after it', async () => {
    const waits = (afterMs: number) => async (ctx: StepContext) => {
      await ctx.sleep(100);
      await ctx.uncounted(() => ctx.sleep(700));
      await ctx.sleep(afterMs);
      return {};
    };
    const engine = runs.engine(knex, [
      step('patient', waits(100)),
      step('slow', waits(600)),
    ]);
    await engine.start();
    const [patient, slow] = graph('patient', 'slow');
    const { id } = await engine.create(
      newRun([
        { ...patient, timeoutSeconds: 0.5 },
        { ...slow, timeoutSeconds: 0.5 },
      ]),
    );
    const run = await settled(engine, id);
    expect(run.steps).toMatchObject([
      { state: 'succeeded' },
      { state: 'failed', problem: { code: 'step.timed-out' } },
    ]);
  });

  it('take a lost answer as lost and a refusal as an answer', async () => {
    const world = new FakeWorld();
    const refusals: string[] = [];
    const losing = <T extends MutatingCall<string> | MutatingCall<null>>(
      call: T,
      error: Error,
      effect: boolean,
    ): T => {
      let tries = 0;
      return {
        ...call,
        execute: async (token: string) => {
          tries += 1;
          if (tries === 1) {
            if (effect) {
              await call.execute(token);
            }
            throw error;
          }
          return call.execute(token);
        },
      };
    };
    const engine = runs.engine(knex, [
      step('made', async ctx => ({
        arn: await ctx.call(
          losing(nameCall(world, 'm'), awsError('TimeoutError', 504), true),
        ),
      })),
      step('notMade', async ctx => ({
        arn: await ctx.call(
          losing(nameCall(world, 'n'), awsError('InternalFailure', 500), false),
        ),
      })),
      step('unseen', async ctx => {
        const call = losing(
          nameCall(world, 'u'),
          awsError('TimeoutError', 504),
          true,
        );
        const guard = nameCall(world, 'u').guard as {
          observe: () => Promise<Observation<string>>;
        };
        let looks = 0;
        return {
          arn: await ctx.call({
            ...call,
            guard: {
              type: 'name',
              observe: async () => {
                looks += 1;
                // The first look reads old data, so the repeat is refused.
                return looks === 1 ? { done: false } : guard.observe();
              },
            },
          }),
        };
      }),
      step('refused', async ctx => {
        world.createNamed('taken');
        const call = nameCall(world, 'taken');
        refusals.push(await ctx.call(call).catch(String));
        // What was refused made nothing, so what bears the name is somebody else's and not adopted.
        return { arn: await ctx.call(call) };
      }),
      step('unprotected', async ctx => {
        await ctx
          .call(
            losing(
              unguardedCall(world, 'x'),
              Object.assign(new Error('read'), { code: 'ECONNRESET' }),
              true,
            ),
          )
          .catch(() => {});
        return { swallowed: true };
      }),
    ]);
    await engine.start();
    const { id } = await engine.create(
      newRun(graph('made', 'notMade', 'unseen', 'refused', 'unprotected')),
    );
    const run = await settled(engine, id, { or: ['needs-attention'] });
    expect(run.steps).toMatchObject([
      { output: { arn: 'arn:m' } },
      { output: { arn: 'arn:n' } },
      { output: { arn: 'arn:u' } },
      { state: 'failed' },
      { state: 'needs-attention', problem: { code: 'call.outcome-unknown' } },
    ]);
    expect(refusals).toEqual([
      'AlreadyExistsException: taken is there already',
    ]);
    expect(world.effects.sort()).toEqual([
      'name:m',
      'name:n',
      'name:taken',
      'name:u',
      'none:x',
    ]);
    const decisions = (await engine.events(id))
      .filter(({ code }) => code === 'call.resumed')
      .map(({ stepId, data }) => `${stepId} ${data.decision}`);
    expect(decisions.sort()).toEqual([
      'made adopt',
      'notMade repeat',
      'unprotected stop',
      'unseen repeat',
    ]);
  });

  it('fail when what they return cannot be kept', async () => {
    const circle: Record<string, never> = {};
    Object.assign(circle, { circle });
    const engine = runs.engine(knex, [
      step('output', async () => circle),
      step('event', async ctx =>
        ctx.emit({ code: 'test.circle', message: 'x', data: circle }),
      ),
      step('forged', async ctx =>
        ctx.emit({ code: 'run.state', message: 'Succeeded' }),
      ),
    ]);
    await engine.start();
    const { id } = await engine.create(
      newRun(graph('output', 'event', 'forged')),
    );
    const run = await settled(engine, id);
    expect(run.steps.map(({ problem }) => problem?.message)).toEqual([
      expect.stringContaining(`The output of step 'output' cannot be kept`),
      expect.stringContaining(`What step 'event' tells cannot be kept`),
      expect.stringContaining(`Event code 'run.state' belongs to the engine`),
    ]);
  });

  it('of a type that only another back end knows stop for a person', async () => {
    const options = { kind: 'versions' };
    const known = runs.engine(knex, [step('new', async () => {})], options);
    const { id } = await known.create(newRun(graph('a: new'), options));
    const old = runs.engine(knex, [], options);
    await old.start();
    const run = await settled(old, id, { or: ['needs-attention'] });
    expect(run.problem).toMatchObject({
      code: 'step.type-unknown',
      message: `No back end here knows steps of type 'new'`,
    });
    await old.stop();
    await known.start();
    await known.command(id, { type: 'retry', stepId: 'a' }, maya);
    expect((await settled(known, id)).state).toBe('succeeded');
  });

  it('write the end and what follows from it together, or neither', async () => {
    const own = await runs.database();
    await own.schema.createTable('things', table => {
      table.text('run_id').primary();
      table.text('state');
    });
    const engine = runs.engine(own, [step('any', async () => {})]);
    let tries = 0;
    engine.registerKind({
      kind: 'settled.kind',
      onSettled: async (run, state, tx) => {
        tries += 1;
        await tx('things').insert({ run_id: run.id, state });
        if (tries === 1) {
          throw new Error('Not now');
        }
      },
    });
    await engine.start();
    const { id } = await engine.create(
      newRun(graph('any'), { kind: 'settled.kind' }),
    );
    await settled(engine, id);
    expect(tries).toBe(2);
    expect(await own('things').select()).toEqual([
      { run_id: id, state: 'succeeded' },
    ]);
  });

  it('exist only if the transaction that made the run commits', async () => {
    const engine = runs.engine(knex, [step('any', async () => {})]);
    await engine.start();
    let lost = '';
    await knex
      .transaction(async tx => {
        lost = (await engine.create(newRun(graph('any')), tx)).id;
        throw new Error('Rolled back');
      })
      .catch(() => {});
    await expect(engine.get(lost)).rejects.toThrow('No run has the id');
    const began = performance.now();
    const kept = await knex.transaction(tx =>
      engine.create(newRun(graph('any')), tx),
    );
    await settled(engine, kept.id);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
