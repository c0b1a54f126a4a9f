import type {
  RunProblem,
  SettledRunState,
  StepState,
} from '@slipway/plugin-runs-common';
import { nextUndo } from './undo';
import type { RunSnapshot, StepRecord, StepWork } from './types';

export interface StepStart {
  stepId: string;
  work: StepWork;
}

/** What the driver of a run does next. */
export type Decision =
  | { do: 'start'; starts: StepStart[] }
  /** Steps are in flight and nothing else can be done. */
  | { do: 'attend'; wakeAt?: Date }
  /** Steps in flight must come to a safe point first. */
  | { do: 'drain'; because: 'paused' | 'cancelled' }
  | { do: 'prepare-undo' }
  /** Nothing to do until a person acts or a time comes; the lease is given back. */
  | {
      do: 'rest';
      state: 'waiting' | 'paused' | 'needs-attention' | 'cancelling';
      wakeAt?: Date;
      problem?: RunProblem;
    }
  | { do: 'settle'; state: SettledRunState; problem?: RunProblem };

/**
 * Decides from the state of a run and the steps that this driver has in flight.
 *
 * A failure stops only what depends on it: steps that depend on nothing that failed go on, and the run ends when
 * nothing more can be done. While a step waits for a person or a time, the run waits with it.
 */
export function decide(
  snapshot: RunSnapshot,
  inFlight: ReadonlyMap<string, StepWork>,
  maxParallelSteps: number,
): Decision {
  const { run } = snapshot;
  if (run.phase === 'pausing') {
    return inFlight.size > 0
      ? { do: 'drain', because: 'paused' }
      : { do: 'rest', state: 'paused' };
  }
  if (run.phase === 'stopping') {
    return inFlight.size > 0
      ? { do: 'drain', because: 'cancelled' }
      : { do: 'prepare-undo' };
  }
  return run.phase === 'undoing'
    ? decideUndo(snapshot, inFlight)
    : decideForward(snapshot, inFlight, maxParallelSteps);
}

function decideForward(
  { steps, now }: RunSnapshot,
  inFlight: ReadonlyMap<string, StepWork>,
  maxParallelSteps: number,
): Decision {
  const starts = readySteps(steps, now)
    .filter(step => !inFlight.has(step.id))
    .slice(0, Math.max(0, maxParallelSteps - inFlight.size))
    .map(step => ({ stepId: step.id, work: 'execute' as const }));
  if (starts.length > 0) {
    return { do: 'start', starts };
  }
  const wakeAt = earliestTimer(steps, now);
  if (inFlight.size > 0) {
    return { do: 'attend', wakeAt };
  }
  const firstIn = (state: StepState) => steps.find(s => s.state === state);
  const unclear = firstIn('needs-attention');
  if (unclear) {
    return {
      do: 'rest',
      state: 'needs-attention',
      wakeAt,
      problem: unclear.problem,
    };
  }
  const failed = firstIn('failed');
  if (firstIn('waiting')) {
    return { do: 'rest', state: 'waiting', wakeAt, problem: failed?.problem };
  }
  return failed
    ? { do: 'settle', state: 'failed', problem: failed.problem }
    : { do: 'settle', state: 'succeeded' };
}

function decideUndo(
  { steps, now }: RunSnapshot,
  inFlight: ReadonlyMap<string, StepWork>,
): Decision {
  if (inFlight.size > 0) {
    return { do: 'attend' };
  }
  const next = nextUndo(steps);
  if (!next) {
    return { do: 'settle', state: 'cancelled' };
  }
  if (next.state === 'needs-attention') {
    return { do: 'rest', state: 'needs-attention', problem: next.problem };
  }
  if (next.state === 'waiting' && !timerIsUp(next, now)) {
    return {
      do: 'rest',
      state: 'cancelling',
      wakeAt: earliestTimer([next], now),
    };
  }
  return { do: 'start', starts: [{ stepId: next.id, work: next.undo! }] };
}

/** Steps that can be worked on: nothing they depend on is outstanding, and they wait for nothing. */
export function readySteps(steps: StepRecord[], now: Date): StepRecord[] {
  const satisfied = new Set(
    steps
      .filter(step => step.state === 'succeeded' || step.state === 'skipped')
      .map(step => step.id),
  );
  return steps.filter(
    step =>
      step.dependsOn.every(id => satisfied.has(id)) &&
      (step.state === 'pending' ||
        // Left over by a driver that is gone.
        step.state === 'running' ||
        (step.state === 'waiting' && timerIsUp(step, now))),
  );
}

function timerIsUp(step: StepRecord, now: Date): boolean {
  const until = step.waitingFor?.until;
  return until !== undefined && Date.parse(until) <= now.getTime();
}

function earliestTimer(steps: StepRecord[], now: Date): Date | undefined {
  const times = steps
    .filter(step => step.state === 'waiting' && step.waitingFor?.until)
    .map(step => Date.parse(step.waitingFor!.until!))
    .filter(time => time > now.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}
