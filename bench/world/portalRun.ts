import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { RunEvent, RunState } from '@slipway/plugin-runs-common';
import type { PortalClient } from './PortalClient';

const SETTLED: RunState[] = ['succeeded', 'failed', 'cancelled'];

/** How long a run took without the wait for its confirmation, in seconds. */
export interface RunTimes {
  total: number;
  /** From the request until the plan is there to be confirmed. */
  plan: number;
  /** From the confirmation until the run is settled. */
  apply: number;
  /** Where the apply's time went, in order. */
  phases: Record<string, number>;
}

export interface PlannedRun {
  runId: string;
  planSeconds: number;
  /** Confirms the plan and follows the run to its end. @throws Error unless it succeeds. */
  confirm(): Promise<RunTimes>;
}

/** Requests an environment and follows its run until the plan awaits a confirmation. */
export async function requestEnvironment(
  portal: PortalClient,
  request: Parameters<PortalClient['create']>[0],
): Promise<PlannedRun & { environment: Environment }> {
  const began = performance.now();
  const { environment, runId } = await portal.create(request);
  return { environment, ...(await followToPlan(portal, runId, began)) };
}

export async function destroyEnvironment(
  portal: PortalClient,
  environment: Environment,
): Promise<RunTimes> {
  const began = performance.now();
  const { runId } = await portal.destroy(environment);
  return (await followToPlan(portal, runId, began)).confirm();
}

/** Follows a run until its plan awaits a confirmation. @param began - when it was requested, as `performance.now()` says */
export async function followToPlan(
  portal: PortalClient,
  runId: string,
  began: number,
): Promise<PlannedRun> {
  const events = portal.events(runId);
  const told = await until(events, runId, ['waiting']);
  const planSeconds = secondsSince(began);
  const { hash } = await portal.plan(runId);
  return {
    runId,
    planSeconds,
    async confirm() {
      const confirmed = performance.now();
      await portal.confirm(runId, hash);
      const rest = await until(events, runId, ['succeeded']);
      const apply = secondsSince(confirmed);
      return {
        plan: planSeconds,
        apply,
        total: planSeconds + apply,
        phases: phasesOf([...told, ...rest]),
      };
    },
  };
}

async function until(
  events: AsyncGenerator<RunEvent>,
  runId: string,
  wanted: RunState[],
): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  for (;;) {
    const { value: event } = await events.next();
    if (!event) {
      throw new Error(`Run ${runId} ended and was never ${wanted.join('/')}`);
    }
    seen.push(event);
    const to = event.code === 'run.state' && (event.data.to as RunState);
    if (to && wanted.includes(to)) {
      return seen;
    }
    if (to && SETTLED.includes(to)) {
      const words = seen.map(each => each.message).slice(-5);
      throw new Error(`Run ${runId} is ${to}: ${words.join('; ')}`);
    }
  }
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}

/** The stretches between the events that mark a run's way, by the database's clock. */
function phasesOf(events: RunEvent[]): Record<string, number> {
  const at = (matches: (event: RunEvent) => boolean) => {
    const found = events.filter(matches);
    return (which: 0 | -1) => Date.parse(found.at(which)?.at ?? '');
  };
  const step = (id: string, to: string) =>
    at(
      ({ code, stepId, data }) =>
        code === 'step.state' && stepId === id && data.to === to,
    );
  const call = (code: string, name: string) =>
    at(event => event.code === code && event.data.call === name);
  const marks: Array<[string, number]> = [
    ['', at(({ code }) => code === 'run.created')(0)],
    ['until planning', step('plan', 'running')(0)],
    ['planning', step('plan', 'succeeded')(0)],
    ['', at(({ code }) => code === 'run.signalled')(0)],
    ['', step('confirm', 'running')(-1)],
    ['until applying', step('apply', 'running')(0)],
    ['until CreateStack', call('call.intended', 'CreateStack')(0)],
    ['CreateStack', call('call.succeeded', 'CreateStack')(0)],
    ['resources', at(({ code }) => code === 'infra.resource')(-1)],
    ['until applied', step('apply', 'succeeded')(0)],
    [
      'until settled',
      at(({ code, data }) => code === 'run.state' && data.to === 'succeeded')(
        0,
      ),
    ],
  ];
  const phases: Record<string, number> = {};
  let before: number | undefined;
  for (const [name, mark] of marks.filter(([, time]) => !Number.isNaN(time))) {
    if (name && before !== undefined) {
      phases[name] = (mark - before) / 1000;
    }
    before = mark;
  }
  return phases;
}
