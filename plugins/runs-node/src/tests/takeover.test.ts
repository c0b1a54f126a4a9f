import fc from 'fast-check';
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { CrashError } from '../engine/probe';
import { settled } from '../testing';
import {
  FakeWorld,
  preconditionCall,
  step,
  unguardedCall,
} from '../__testUtils__/FakeWorld';
import { graph, newRun, until, useRuns } from '../__testUtils__/fixture';

jest.setTimeout(60_000);

async function sequences(knex: Knex, runId: string): Promise<number[]> {
  const rows = await knex('run_events')
    .where({ run_id: runId })
    .orderBy('sequence');
  return rows.map(row => row.sequence);
}

describe('several back ends', () => {
  const runs = useRuns();
  let knex: Knex;
  beforeAll(async () => {
    knex = await runs.database();
  });

  it('shut out a process that slept through its lease and wakes', async () => {
    const kind = 'fencing';
    const world = new FakeWorld();
    let wake = () => {};
    const asleep = new Promise<void>(resolve => {
      wake = resolve;
    });
    let fellAsleep = false;
    const handler = step('flip', async ctx => {
      await ctx.call(preconditionCall(world, 'live'));
      await ctx.emit({ code: 'test.flipped', message: 'Flipped' });
      return {};
    });
    const sleeper = runs.engine(knex, [handler], {
      kind,
      instanceId: 'sleeper',
      probe: {
        async reached(boundary) {
          if (boundary === 'call.executed a/Flip') {
            fellAsleep = true;
          }
          if (fellAsleep) {
            // Its lease is not renewed either: the whole process stands still.
            await asleep;
          }
        },
      },
    });
    await sleeper.start();
    const { id } = await sleeper.create(newRun(graph('a: flip'), { kind }));
    await until(() => fellAsleep);
    const other = runs.engine(knex, [handler], { kind, instanceId: 'other' });
    await other.start();
    const run = await settled(other, id);
    expect(run.state).toBe('succeeded');
    const before = await other.events(id);
    const calls = await knex('run_calls').where({ run_id: id });

    wake();
    await delay(500);
    expect(await other.events(id)).toEqual(before);
    expect(await knex('run_calls').where({ run_id: id })).toEqual(calls);
    expect(world.effects).toEqual(['precondition:live']);
    expect(
      before.filter(({ code }) => code === 'run.taken').map(e => e.data),
    ).toEqual([
      { driver: 'sleeper', fence: 1 },
      { driver: 'other', fence: 2 },
    ]);
    expect(before.map(({ message }) => message)).toContain(
      'Taken up by other, because sleeper stopped answering',
    );
  });

  it('keep a sleeping process from sending what it was about to send', async () => {
    const kind = 'stale';
    const world = new FakeWorld();
    let wake = () => {};
    const asleep = new Promise<void>(resolve => {
      wake = resolve;
    });
    let fellAsleep = false;
    const handler = step('tell', async ctx => {
      await ctx.call(unguardedCall(world, 'hello'));
    });
    const sleeper = runs.engine(knex, [handler], {
      kind,
      probe: {
        async reached(boundary) {
          fellAsleep ||= boundary === 'call.executing a/Notify';
          if (fellAsleep) {
            await asleep;
          }
        },
      },
    });
    await sleeper.start();
    const { id } = await sleeper.create(newRun(graph('a: tell'), { kind }));
    await until(() => fellAsleep);
    const other = runs.engine(knex, [handler], { kind });
    await other.start();
    const run = await settled(other, id, { or: ['needs-attention'] });
    expect(run.state).toBe('needs-attention');
    wake();
    await delay(500);
    expect(world.effects).toEqual([]);
  });

  it('drive each run once, in order, whatever its graph', async () => {
    const kind = 'random';
    const ended = new Map<string, string[]>();
    const handler = step('any', async ctx => {
      const mine = ended.get(ctx.run.id) ?? [];
      for (const id of ctx.step.input.dependsOn as string[]) {
        expect(mine).toContain(id);
      }
      await ctx.call({
        name: 'Work',
        facts: {},
        guard: { type: 'none' },
        execute: async () => delay(ctx.step.input.ms as number).then(() => 1),
      });
      ended.set(ctx.run.id, [...(ended.get(ctx.run.id) ?? []), ctx.step.id]);
    });
    const engines = ['one', 'two', 'three'].map(instanceId =>
      runs.engine(knex, [handler], { kind, instanceId, leaseSeconds: 20 }),
    );
    await Promise.all(engines.map(engine => engine.start()));
    const drivers = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ms: fc.nat(5), deps: fc.array(fc.nat(9)) }), {
          minLength: 1,
          maxLength: 8,
        }),
        async shape => {
          const steps = shape.map(({ ms, deps }, index) => {
            const dependsOn =
              index === 0 ? [] : [...new Set(deps.map(n => `s${n % index}`))];
            return {
              id: `s${index}`,
              type: 'any',
              title: `s${index}`,
              dependsOn,
              input: { ms, dependsOn },
            };
          });
          // Made where nobody is told, so that all three reach for it.
          const { id } = await knex.transaction(tx =>
            engines[0].create(newRun(steps, { kind }), tx),
          );
          const run = await settled(engines[1], id);
          expect(run.state).toBe('succeeded');
          expect(ended.get(id)!.sort()).toEqual(steps.map(s => s.id).sort());
          const seen = await sequences(knex, id);
          expect(seen).toEqual(seen.map((_, index) => index + 1));
          const taken = (await engines[2].events(id)).filter(
            ({ code }) => code === 'run.taken',
          );
          expect(taken).toHaveLength(1);
          drivers.add(String(taken[0].data.driver));
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
    expect(drivers.size).toBeGreaterThan(0);
  });

  it('hand a run over when one shuts down', async () => {
    const kind = 'handover';
    let begun = 0;
    const handler = step('slow', async ctx => {
      begun += 1;
      if (begun === 1) {
        await ctx.sleep(60_000);
      }
      return { begun };
    });
    const first = runs.engine(knex, [handler], { kind, leaseSeconds: 30 });
    await first.start();
    const { id } = await first.create(newRun(graph('a: slow'), { kind }));
    await until(() => begun > 0);
    await first.stop();
    const second = runs.engine(knex, [handler], { kind });
    await second.start();
    const run = await settled(second, id, { timeoutSeconds: 5 });
    expect(run.steps[0]).toMatchObject({ attempt: 1, output: { begun: 2 } });
  });

  it('go on after the database dropped every connection', async () => {
    const kind = 'dropped';
    const own = await runs.database();
    const world = new FakeWorld();
    const drop = () =>
      knex.raw(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = ? and pid <> pg_backend_pid()`,
        [own.client.database()],
      );
    const handler = step('tell', async ctx => {
      await ctx.call({
        ...unguardedCall(world, ctx.step.id),
        execute: async () => {
          world.notify(ctx.step.id);
          await drop();
          await delay(20);
          return null;
        },
      });
    });
    const engine = runs.engine(own, [handler], { kind });
    await engine.start();
    const { id } = await engine.create(
      newRun(graph('a: tell', 'b: tell < a', 'c: tell < b'), { kind }),
    );
    let run;
    do {
      run = await settled(engine, id, { or: ['needs-attention'] }).catch(
        () => undefined,
      );
    } while (!run);
    expect(run.problem).toBeUndefined();
    expect(run.state).toBe('succeeded');
    expect(world.effects).toEqual(['none:a', 'none:b', 'none:c']);
    const seen = await sequences(own, id);
    expect(seen).toEqual(seen.map((_, index) => index + 1));
  });

  it('take up a run within 15 s of a kill with the default lease', async () => {
    const kind = 'default-lease';
    const handler = step('any', async () => {});
    const defaults = { kind, leaseSeconds: undefined, pollSeconds: undefined };
    let isKilled = false;
    const doomed = runs.engine(knex, [handler], {
      ...defaults,
      probe: {
        reached: boundary => {
          if (boundary === 'step.started a') {
            isKilled = true;
            throw new CrashError(boundary);
          }
        },
      },
    });
    await doomed.start();
    const { id } = await doomed.create(newRun(graph('a: any'), { kind }));
    await until(() => isKilled);
    const began = performance.now();
    const other = runs.engine(knex, [handler], defaults);
    await other.start();
    await settled(other, id);
    const tookMs = performance.now() - began;
    expect(tookMs).toBeGreaterThan(5_000);
    expect(tookMs).toBeLessThan(15_000);
  });
});
