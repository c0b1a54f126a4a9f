import type { RunCommand, RunState } from '@slipway/plugin-runs-common';
import fc from 'fast-check';
import { applyCommand } from './command';
import { decide } from './decide';
import { findGraphProblem, topologicalOrder } from './graph';
import { afterWork, beginWork, type StepOutcome } from './outcome';
import type {
  RunChange,
  RunSnapshot,
  StepPatch,
  StepRecord,
  StepWork,
} from './types';
import { planUndo } from './undo';

const EPOCH = Date.UTC(2026, 10, 21);

/** Graphs where each step depends on some of those before it. */
const graphs = fc
  .array(fc.array(fc.nat(30), { maxLength: 3 }), {
    minLength: 1,
    maxLength: 12,
  })
  .map(rows =>
    rows.map(
      (row, index): StepRecord => ({
        id: `s${index}`,
        type: 'any',
        title: `Step ${index}`,
        dependsOn:
          index === 0 ? [] : [...new Set(row.map(n => `s${n % index}`))],
        input: {},
        skippable: true,
        state: 'pending',
        attempt: 1,
        workedMs: 0,
        autoRetries: 0,
        undone: false,
        undoAttempt: 1,
      }),
    ),
  );

const outcomes: fc.Arbitrary<StepOutcome> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<StepOutcome>({ type: 'done' }) },
  fc.constant<StepOutcome>({
    type: 'failed',
    retryable: false,
    problem: { code: 'test', message: 'It broke' },
  }),
  fc.constant<StepOutcome>({
    type: 'needs-attention',
    problem: { code: 'test', message: 'Nobody knows' },
  }),
  fc.constant<StepOutcome>({ type: 'interrupted' }),
  fc.constant<StepOutcome>({
    type: 'waits',
    waitingFor: { title: 'go', signal: 'go' },
  }),
);

type Act =
  | { do: 'work' }
  | { do: 'end'; outcome: StepOutcome; pick: number }
  | { do: 'command'; type: RunCommand['type']; pick: number }
  | { do: 'crash' };

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constant<Act>({ do: 'work' }) },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('end' as const),
        outcome: outcomes,
        pick: fc.nat(20),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('command' as const),
        type: fc.constantFrom(
          'pause' as const,
          'resume' as const,
          'cancel' as const,
          'retry' as const,
          'skip' as const,
          'signal' as const,
        ),
        pick: fc.nat(20),
      }),
    },
    fc.constant<Act>({ do: 'crash' }),
  ),
  { maxLength: 120 },
);

function must(isSo: boolean, what: string) {
  if (!isSo) {
    throw new Error(`It must be so that ${what}`);
  }
}

/** A run and its driver without a database: the pure functions, and a world that answers as it likes. */
class Model {
  snapshot: RunSnapshot;
  inFlight = new Map<string, StepWork>();
  driven = true;
  compensated: string[] = [];

  constructor(steps: StepRecord[]) {
    this.snapshot = {
      run: {
        id: 'r',
        kind: 'k',
        title: 'Run',
        subject: 's',
        createdBy: 'user:default/maya',
        createdAt: new Date(EPOCH),
        inputs: {},
        state: 'running',
        phase: 'forward',
        lastSequence: 1,
        fence: 1,
        driver: 'd',
      },
      steps,
      now: new Date(EPOCH),
    };
  }

  step(id: string): StepRecord {
    return this.snapshot.steps.find(step => step.id === id)!;
  }

  apply(change: RunChange) {
    const { run, steps, now } = this.snapshot;
    this.snapshot = {
      run: { ...run, ...change.run },
      steps: steps.map(step => ({
        ...step,
        ...(change.steps?.[step.id] as StepPatch),
      })),
      now: new Date(now.getTime() + 1000),
    };
  }

  rest(state: RunState) {
    this.driven = false;
    this.snapshot.run.driver = undefined;
    this.apply({ run: { state, phase: this.phaseAtRest(state) } });
  }

  phaseAtRest(state: RunState) {
    return state === 'paused' ? ('forward' as const) : this.snapshot.run.phase;
  }

  work() {
    if (!this.driven) {
      return;
    }
    const decision = decide(this.snapshot, this.inFlight, 3);
    if (decision.do === 'start') {
      for (const { stepId, work } of decision.starts) {
        const step = this.step(stepId);
        must(!this.inFlight.has(stepId), `${stepId} is not begun twice`);
        if (work === 'execute') {
          for (const id of step.dependsOn) {
            must(
              ['succeeded', 'skipped'].includes(this.step(id).state),
              `${stepId} begins after ${id}`,
            );
          }
        }
        this.inFlight.set(stepId, work);
        this.apply({
          steps: { [stepId]: beginWork(step, this.snapshot.now) },
        });
      }
      must(this.inFlight.size <= 3, 'at most three at once');
    } else if (decision.do === 'prepare-undo') {
      must(this.inFlight.size === 0, 'nothing is in flight');
      this.apply(planUndo(this.snapshot.steps, () => true, this.snapshot.now));
    } else if (decision.do === 'rest' || decision.do === 'settle') {
      must(this.inFlight.size === 0, 'nothing is in flight');
      this.rest(decision.state);
    } else {
      must(this.inFlight.size > 0, 'something is in flight');
    }
  }

  end(outcome: StepOutcome, pick: number) {
    const ids = [...this.inFlight.keys()];
    const id = ids[pick % Math.max(1, ids.length)];
    if (id === undefined) {
      return;
    }
    const work = this.inFlight.get(id)!;
    this.inFlight.delete(id);
    this.apply({
      steps: {
        [id]: afterWork(this.step(id), work, outcome, this.snapshot.now),
      },
    });
    if (work === 'compensate' && outcome.type === 'done') {
      this.compensated.push(id);
    }
  }

  command(type: RunCommand['type'], pick: number) {
    const { steps } = this.snapshot;
    const stepId = steps[pick % steps.length].id;
    const command = {
      type,
      stepId,
      reason: 'Because',
      signal: 'go',
      payload: null,
    } as RunCommand;
    const before = this.snapshot.run.state;
    const outcome = applyCommand(this.snapshot, command);
    if ('refused' in outcome) {
      must(outcome.refused !== '', 'a refusal says why');
      return;
    }
    must(before !== 'succeeded' && before !== 'cancelled', 'the end is final');
    must(
      outcome.reopens === (before === 'failed'),
      'only what failed is reopened',
    );
    this.apply(outcome.change);
    if (outcome.wakes && !this.driven) {
      this.takeUp();
    }
  }

  crash() {
    if (this.driven) {
      this.inFlight.clear();
    }
  }

  takeUp() {
    this.driven = true;
    this.snapshot.run.driver = 'd';
    if (this.snapshot.run.state !== 'cancelling') {
      this.apply({ run: { state: 'running' } });
    }
  }

  finish() {
    for (let turn = 0; turn < 2000 && this.driven; turn += 1) {
      this.work();
      this.end({ type: 'done' }, turn);
    }
  }
}

describe('the state of a run', () => {
  it('follows the graph whatever happens, and always comes to rest', () => {
    fc.assert(
      fc.property(graphs, acts, (steps, list) => {
        const model = new Model(steps);
        for (const act of list) {
          if (act.do === 'work') {
            model.work();
          } else if (act.do === 'end') {
            model.end(act.outcome, act.pick);
          } else if (act.do === 'command') {
            model.command(act.type, act.pick);
          } else {
            model.crash();
          }
        }
        model.finish();
        const { run } = model.snapshot;
        expect(model.driven).toBe(false);
        expect(run.state).not.toBe('running');
        const states = model.snapshot.steps.map(({ state }) => state);
        const all = (...allowed: string[]) =>
          states.every(state => allowed.includes(state));
        must(
          run.state !== 'succeeded' || all('succeeded', 'skipped'),
          'a run succeeds when all its steps did or were skipped',
        );
        must(
          run.state !== 'failed' ||
            (states.includes('failed') && !states.includes('waiting')),
          'a run fails when a step did and nothing waits',
        );
        must(
          run.state !== 'cancelled' || all('cancelled', 'skipped'),
          'a cancelled run has nothing left',
        );
      }),
      { numRuns: 600 },
    );
  });

  it('undoes what succeeded after everything that was built on it', () => {
    fc.assert(
      fc.property(graphs, fc.nat(200), (steps, turns) => {
        const model = new Model(steps);
        for (let turn = 0; turn < turns; turn += 1) {
          model.work();
          model.end({ type: 'done' }, turn);
        }
        model.command('cancel', 0);
        model.finish();
        for (const [index, id] of model.compensated.entries()) {
          for (const dependency of model.step(id).dependsOn) {
            expect(model.compensated.slice(0, index)).not.toContain(dependency);
          }
        }
        expect(['cancelled', 'succeeded']).toContain(model.snapshot.run.state);
      }),
    );
  });

  it('orders every graph without circles, and names those in one', () => {
    fc.assert(
      fc.property(graphs, steps => {
        const shuffled = [...steps].reverse();
        expect(findGraphProblem(shuffled)).toBeUndefined();
        const order = topologicalOrder(shuffled);
        for (const step of steps) {
          for (const dependency of step.dependsOn) {
            expect(order.indexOf(dependency)).toBeLessThan(
              order.indexOf(step.id),
            );
          }
        }
        const circle = [...steps];
        circle[0] = { ...circle[0], dependsOn: [circle.at(-1)!.id] };
        circle.push({
          ...circle[0],
          id: 'last',
          dependsOn: [circle[0].id],
        });
        circle[0] = { ...circle[0], dependsOn: ['last'] };
        expect(findGraphProblem(circle)).toContain('in a circle');
      }),
    );
  });

  it.each([
    [[], 'between 1 and 1000 steps'],
    [[{ id: 'a b' }], `Step id 'a b' must be`],
    [[{ id: 'a' }, { id: 'a' }], `Two steps have the id 'a'`],
    [
      [{ id: 'a', dependsOn: ['b'] }],
      `Step 'a' depends on 'b', which is no step of this run`,
    ],
  ])('refuses %j', (steps, problem) => {
    expect(
      findGraphProblem(steps.map(step => ({ type: 't', title: 't', ...step }))),
    ).toContain(problem);
  });
});
