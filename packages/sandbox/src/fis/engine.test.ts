import fc from 'fast-check';
import { asStopping, hasEnded, nextSteps, settled } from './engine';
import type { ActionRun, Experiment, Template } from './model';

/** Actions a0, a1, …; each may start after earlier ones. */
const graph = fc.integer({ min: 1, max: 6 }).chain(count =>
  fc.tuple(
    ...Array.from({ length: count }, (_, index) =>
      fc.record({
        after: fc.subarray(Array.from({ length: index }, (__, n) => `a${n}`)),
        lengthMs: fc.option(fc.integer({ min: 1, max: 50 }), {
          nil: undefined,
        }),
        fails: fc.boolean(),
      }),
    ),
  ),
);

type Graph = Array<{ after: string[]; lengthMs?: number; fails: boolean }>;

function experimentOf(actions: Graph): Experiment {
  const named = <T>(toValue: (action: Graph[number]) => T) =>
    Object.fromEntries(
      actions.map((action, index) => [`a${index}`, toValue(action)]),
    );
  return {
    id: 'EXP1',
    clientToken: 'token',
    template: {
      actions: named(({ after }) => ({
        actionId: 'aws:fis:wait',
        startAfter: after,
      })),
    } as Partial<Template> as Template,
    status: 'initiating',
    startedMs: 0,
    actionsMode: 'run-all',
    resolved: {},
    actions: named((): ActionRun => ({ status: 'pending' })),
  };
}

/** Runs an experiment as the runner does, one millisecond a turn; `look` sees it after each. */
function run(
  actions: Graph,
  options: { fail?: boolean; stopAtMs?: number },
  look: (experiment: Experiment) => void,
): Experiment {
  let experiment = experimentOf(actions);
  for (let nowMs = 0; nowMs < 1_000 && !hasEnded(experiment); nowMs++) {
    if (nowMs === options.stopAtMs) {
      experiment = asStopping(experiment);
    }
    let steps = nextSteps(experiment, nowMs);
    while (steps.length > 0) {
      for (const { kind, action, ...step } of steps) {
        const { lengthMs, fails } = actions[Number(action.slice(1))];
        const begun: ActionRun =
          options.fail && fails
            ? { status: 'failed', reason: 'refused' }
            : {
                status: 'running',
                endsMs: lengthMs === undefined ? undefined : nowMs + lengthMs,
              };
        const ended = 'as' in step ? step.as : 'cancelled';
        experiment = {
          ...experiment,
          actions: {
            ...experiment.actions,
            [action]: kind === 'begin' ? begun : { status: ended },
          },
        };
        look(experiment);
      }
      steps = nextSteps(experiment, nowMs);
    }
    experiment = settled(experiment, nowMs);
  }
  return experiment;
}

function statuses({ actions }: Experiment): string[] {
  return Object.values(actions).map(({ status }) => status);
}

describe('an experiment', () => {
  it('completes all actions, none before those it starts after', () => {
    fc.assert(
      fc.property(graph, actions => {
        const ended = run(actions, {}, experiment => {
          const begun = actions.filter(
            (_, index) => experiment.actions[`a${index}`].status !== 'pending',
          );
          const awaited = begun.flatMap(({ after }) => after);
          awaited.forEach(name =>
            expect(experiment.actions[name].status).toBe('completed'),
          );
        });
        expect(ended.status).toBe('completed');
        expect(new Set(statuses(ended))).toEqual(new Set(['completed']));
      }),
    );
  });

  it('that is stopped leaves nothing running, at whatever moment', () => {
    fc.assert(
      fc.property(
        graph,
        fc.integer({ min: 0, max: 60 }),
        (actions, stopAtMs) => {
          const ended = run(actions, { stopAtMs }, () => {});
          expect(['completed', 'stopped']).toContain(ended.status);
          const over = ['completed', 'stopped', 'cancelled'];
          statuses(ended).forEach(status => expect(over).toContain(status));
        },
      ),
    );
  });

  it('fails with a failing action, and what starts after that is cancelled', () => {
    fc.assert(
      fc.property(graph, actions => {
        const hasFailed = (experiment: Experiment) =>
          statuses(experiment).includes('failed');
        const ended = run(actions, { fail: true }, () => {});
        const fails = hasFailed(ended);
        expect(ended.status).toBe(fails ? 'failed' : 'completed');
        // Those of the same turn have begun; what starts after the failed one never does.
        const barred = Object.keys(ended.actions).filter((_, index) =>
          actions[index].after.some(
            name => ended.actions[name].status === 'failed',
          ),
        );
        barred.forEach(name =>
          expect(ended.actions[name].status).toBe('cancelled'),
        );
        expect(statuses(ended)).not.toContain('running');
      }),
    );
  });

  it('does nothing before its targets are known, and nothing after its end', () => {
    const waiting = { ...experimentOf([{ after: [], fails: false }]) };
    expect(nextSteps({ ...waiting, resolved: undefined }, 0)).toEqual([]);
    expect(nextSteps({ ...waiting, status: 'failed' }, 0)).toEqual([]);
    expect(asStopping({ ...waiting, status: 'completed' }).status).toBe(
      'completed',
    );
  });
});
