import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { NeedsAttentionError, StepFailedError } from '../errors';
import { settled } from '../testing';
import { FakeWorld, step, tokenCall } from '../__testUtils__/FakeWorld';
import { graph, newRun, until, useRuns } from '../__testUtils__/fixture';

jest.setTimeout(60_000);

const maya = 'user:default/maya';

describe('what a person may do to a run', () => {
  const runs = useRuns();
  let knex: Knex;
  beforeAll(async () => {
    knex = await runs.database();
  });

  it('pauses at a safe point and goes on from there', async () => {
    const began: number[] = [];
    const engine = runs.engine(knex, [
      step('slow', async ctx => {
        began.push(ctx.step.attempt);
        if (!ctx.checkpoint) {
          await ctx.saveCheckpoint({ half: true });
          await ctx.sleep(60_000);
        }
      }),
      step('next', async () => {}),
    ]);
    await engine.start();
    const { id } = await engine.create(newRun(graph('slow', 'next < slow')));
    await settled(engine, id, { or: ['running'] });
    await until(async () => (await engine.events(id)).length >= 4);
    expect(
      (await engine.command(id, { type: 'pause' }, maya)).pauseRequested,
    ).toBe(true);
    await expect(engine.command(id, { type: 'pause' }, maya)).rejects.toThrow(
      `'Test run': It is being paused already`,
    );
    const paused = await settled(engine, id, { or: ['paused'] });
    expect(paused.pauseRequested).toBeUndefined();
    expect(paused.steps.map(({ state }) => state)).toEqual([
      'pending',
      'pending',
    ]);
    await engine.command(id, { type: 'resume' }, maya);
    expect((await settled(engine, id)).state).toBe('succeeded');
    expect(began).toEqual([1, 1]);
    const commands = (await engine.events(id)).filter(
      ({ code }) => code === 'run.command',
    );
    expect(commands).toMatchObject([
      { actor: maya, data: { command: 'pause' } },
      { actor: maya, data: { command: 'resume' } },
    ]);
  });

  it('cancels what is in flight, then compensates, latest first', async () => {
    const undone: string[] = [];
    const undo = (type: string) =>
      ({
        cancel: async () => void undone.push(`cancel ${type}`),
        compensate: async ctx =>
          void undone.push(`compensate ${ctx.step.id} ${ctx.output('one')?.n}`),
      } as Parameters<typeof step>[2]);
    const ends: string[] = [];
    const engine = runs.engine(knex, [
      step('quick', async () => ({ n: 1 }), undo('quick')),
      step('bare', async () => ({})),
      step('hangs', async ctx => ctx.sleep(60_000), undo('hangs')),
      step(
        'waits',
        async ctx => {
          await ctx.waitForSignal('never', { title: 'Never' });
        },
        undo('waits'),
      ),
    ]);
    engine.registerKind({
      kind: 'cancelled.kind',
      onSettled: async (_run, state) => void ends.push(state),
    });
    await engine.start();
    const { id } = await engine.create(
      newRun(
        graph(
          'one: quick',
          'two: quick < one',
          'three: bare < two',
          'four: hangs < three',
          'five: waits < four',
        ),
        { kind: 'cancelled.kind' },
      ),
    );
    await until(
      async () => (await engine.get(id)).steps[3].state === 'running',
    );
    const cancelling = await engine.command(
      id,
      { type: 'cancel', reason: 'Not needed' },
      maya,
    );
    expect(cancelling.state).toBe('cancelling');
    await expect(engine.command(id, { type: 'pause' }, maya)).rejects.toThrow(
      ConflictError,
    );
    const run = await settled(engine, id);
    expect(run.state).toBe('cancelled');
    expect(undone).toEqual([
      'cancel hangs',
      'compensate two 1',
      'compensate one 1',
    ]);
    expect(run.steps.map(({ state }) => state)).toEqual([
      'cancelled',
      'cancelled',
      'succeeded',
      'cancelled',
      'cancelled',
    ]);
    expect(ends).toEqual(['cancelled']);
    await expect(engine.command(id, { type: 'cancel' }, maya)).rejects.toThrow(
      'A run that has been cancelled cannot be cancelled',
    );
  });

  it('stops for a person when undoing fails, and undoes on request', async () => {
    let broken = true;
    const engine = runs.engine(knex, [
      step('made', async () => {}, {
        compensate: async () => {
          if (broken) {
            throw new Error('The bucket is not empty');
          }
        },
      }),
      step('ask', async ctx => {
        await ctx.waitForSignal('go', { title: 'Go?' });
      }),
    ]);
    await engine.start();
    const { id } = await engine.create(newRun(graph('made', 'ask < made')));
    await settled(engine, id, { or: ['waiting'] });
    await engine.command(id, { type: 'cancel' }, maya);
    const stuck = await settled(engine, id, { or: ['needs-attention'] });
    expect(stuck.problem).toEqual({
      code: 'step.failed',
      message: 'The bucket is not empty',
    });
    broken = false;
    await engine.command(id, { type: 'cancel' }, maya);
    expect((await settled(engine, id)).state).toBe('cancelled');
  });

  it('retries a failed step with a new token, and a lost call with the old one', async () => {
    const world = new FakeWorld();
    const tokens: string[] = [];
    let mode: 'refuse' | 'lose' | 'work' = 'refuse';
    const reopened: string[] = [];
    const engine = runs.engine(knex, [
      step('make', async ctx => ({
        id: await ctx.call({
          ...tokenCall(world, 'vpc'),
          execute: async token => {
            tokens.push(token);
            if (mode === 'refuse') {
              throw new StepFailedError({
                code: 'test.limit',
                message: 'Too many VPCs',
                mend: 'Delete one',
              });
            }
            const made = world.createWithToken('vpc', token);
            if (mode === 'lose') {
              throw Object.assign(new Error('socket hang up'), {
                code: 'ECONNRESET',
              });
            }
            return made;
          },
        }),
      })),
    ]);
    engine.registerKind({
      kind: 'retried.kind',
      beforeReopen: async run => {
        reopened.push(run.state);
        if (reopened.length === 1) {
          throw new ConflictError('Another run holds the environment');
        }
      },
    });
    await engine.start();
    const { id } = await engine.create(
      newRun(graph('make'), { kind: 'retried.kind' }),
    );
    const failed = await settled(engine, id);
    expect(failed.problem).toMatchObject({ code: 'test.limit' });
    const retry = { type: 'retry' as const, stepId: 'make' };
    await expect(engine.command(id, retry, maya)).rejects.toThrow(
      'Another run holds the environment',
    );
    expect((await engine.get(id)).state).toBe('failed');
    mode = 'lose';
    await engine.command(id, retry, maya);
    const lost = await settled(engine, id, { or: ['needs-attention'] });
    expect(lost.problem).toMatchObject({ code: 'call.unanswered' });
    mode = 'work';
    await engine.command(id, retry, maya);
    const run = await settled(engine, id);
    expect(run.steps[0]).toMatchObject({
      state: 'succeeded',
      attempt: 3,
      output: { id: 'vpc-1' },
    });
    expect(world.effects).toEqual(['token:vpc']);
    const [first, ...rest] = tokens;
    expect(new Set(rest).size).toBe(1);
    expect(rest).not.toContain(first);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(reopened).toEqual(['failed', 'failed']);
  });

  it('skips a failed step with a reason, except where that is not allowed', async () => {
    const engine = runs.engine(knex, [
      step('fails', async () => {
        throw new Error('No');
      }),
      step('asks', async () => {
        throw new NeedsAttentionError({ code: 'test.ask', message: 'Look' });
      }),
      step('after', async ctx => ({ saw: ctx.output('a') ?? null })),
    ]);
    await engine.start();
    const [a, b, c] = graph('a: fails', 'b: asks', 'c: after < a');
    const { id } = await engine.create(
      newRun([a, { ...b, skippable: false }, c]),
    );
    await settled(engine, id, { or: ['needs-attention'] });
    const skip = (stepId: string, reason = 'Done by hand') =>
      engine.command(id, { type: 'skip', stepId, reason }, maya);
    await expect(skip('b')).rejects.toThrow(`Step 'b' may not be skipped`);
    await expect(skip('a', ' ')).rejects.toThrow('say why');
    await expect(skip('c')).rejects.toThrow('only a step that failed');
    await expect(skip('x')).rejects.toThrow(`It has no step 'x'`);
    await skip('a');
    const run = await settled(engine, id, {
      or: ['needs-attention'],
    });
    expect(run.steps).toMatchObject([
      { state: 'skipped', skippedReason: 'Done by hand' },
      { state: 'needs-attention', skippable: false },
      { state: 'succeeded', output: { saw: null } },
    ]);
  });

  it('refuses what cannot run, and runs that are not there', async () => {
    const engine = runs.engine(knex, [step('known', async () => {})]);
    await expect(engine.create(newRun(graph('a: unknown')))).rejects.toThrow(
      InputError,
    );
    await expect(
      engine.create(newRun(graph('a: known'), { kind: 'other' })),
    ).rejects.toThrow(`Runs of kind 'other' are not known here`);
    for (const id of ['x', '\u0000', '0192f0c4-0000-7000-8000-000000000000']) {
      await expect(engine.get(id)).rejects.toThrow(NotFoundError);
      await expect(engine.command(id, { type: 'pause' }, maya)).rejects.toThrow(
        NotFoundError,
      );
    }
  });

  it('lists the newest first, page by page, and keeps strange text', async () => {
    const engine = runs.engine(knex, [step('known', async () => {})]);
    const made: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const run = await engine.create(
        newRun(graph('a: known'), {
          subject: 'listed',
          inputs: { odd: '\u0000\ud800"' },
          title: 'NUL \u0000',
        }),
      );
      made.unshift(run.id);
    }
    const page = await engine.list({ subject: 'listed', limit: 2 });
    const rest = await engine.list({ subject: 'listed', before: page[1].id });
    expect([...page, ...rest].map(({ id }) => id)).toEqual(made);
    expect(page[0].inputs.odd).toContain('\u0000');
    expect(
      await engine.list({ subject: 'listed', states: ['failed'] }),
    ).toEqual([]);
  });
});
