import {
  RUN_EVENT_CODES,
  type Run,
  type RunEvent,
  type RunProblem,
  type RunState,
  type RunStep,
  type StepProgress,
  type StepState,
} from '@slipway/plugin-runs-common';
import type { JsonValue } from '@backstage/types';

const SETTLED_STEPS: ReadonlyArray<StepState> = [
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
];

/** Whether nothing more happens in the run by itself. @public */
export function isSettled(state: RunState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled';
}

/**
 * Brings a run up to date with one event. An event that the run has seen leaves it as it is.
 *
 * @public
 */
export function foldRun(run: Run, event: RunEvent): Run {
  if (event.sequence <= run.lastSequence) {
    return run;
  }
  const next = { ...run, lastSequence: event.sequence };
  switch (event.code) {
    case RUN_EVENT_CODES.state:
      return foldState(next, event);
    case RUN_EVENT_CODES.step:
      return withStep(next, event, step => foldStep(step, event));
    case RUN_EVENT_CODES.progress:
      return withStep(next, event, step => ({
        ...step,
        progress: progressOf(event) ?? step.progress,
      }));
    default:
      return next;
  }
}

function foldState(run: Run, event: RunEvent): Run {
  const state = event.data.to as RunState;
  return {
    ...run,
    state,
    problem: event.data.problem as unknown as RunProblem | undefined,
    startedAt: run.startedAt ?? (state === 'running' ? event.at : undefined),
    settledAt: isSettled(state) ? event.at : undefined,
  };
}

function foldStep(step: RunStep, event: RunEvent): RunStep {
  const { data, at } = event;
  const state = data.to as StepState;
  const attempt =
    typeof data.attempt === 'number' ? data.attempt : step.attempt;
  const again = attempt !== step.attempt;
  return {
    ...step,
    state,
    attempt,
    startedAt: startOf(step, state, at, again),
    endedAt: SETTLED_STEPS.includes(state) ? at : undefined,
    progress: again ? undefined : step.progress,
    problem: data.problem as unknown as RunProblem | undefined,
    waitingFor: object(data.waitingFor) as RunStep['waitingFor'],
    output: (object(data.output) as RunStep['output']) ?? step.output,
    skippedReason:
      typeof data.skippedReason === 'string'
        ? data.skippedReason
        : step.skippedReason,
  };
}

function startOf(step: RunStep, state: StepState, at: string, again: boolean) {
  if (state === 'pending') {
    return undefined;
  }
  const begins = state === 'running' || state === 'waiting';
  return begins && (again || !step.startedAt) ? at : step.startedAt;
}

function withStep(
  run: Run,
  event: RunEvent,
  change: (step: RunStep) => RunStep,
): Run {
  return {
    ...run,
    steps: run.steps.map(step =>
      step.id === event.stepId ? change(step) : step,
    ),
  };
}

function progressOf(event: RunEvent): StepProgress | undefined {
  const { done, total, unit } = event.data;
  return typeof done === 'number' &&
    typeof total === 'number' &&
    typeof unit === 'string'
    ? { done, total, unit }
    : undefined;
}

function object(value: JsonValue | undefined): unknown {
  return value && typeof value === 'object' ? value : undefined;
}
