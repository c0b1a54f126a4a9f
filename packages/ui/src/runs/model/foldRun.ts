import {
  RUN_EVENT_CODES,
  isSettledRunState,
  parseRunEventData,
  type Run,
  type RunEvent,
  type RunEventData,
  type RunStep,
  type StepState,
} from '@slipway/plugin-runs-common';

const SETTLED_STEPS: ReadonlyArray<StepState> = [
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
];

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
  const state = parseRunEventData(event, RUN_EVENT_CODES.state);
  if (state) {
    return foldState(next, state, event.at);
  }
  const step = parseRunEventData(event, RUN_EVENT_CODES.step);
  if (step) {
    return withStep(next, event, old => foldStep(old, step, event.at));
  }
  const progress = parseRunEventData(event, RUN_EVENT_CODES.progress);
  if (progress) {
    return withStep(next, event, old => ({ ...old, progress }));
  }
  const command = parseRunEventData(event, RUN_EVENT_CODES.command);
  if (command?.command === 'pause') {
    return { ...next, pauseRequested: true };
  }
  return command ? { ...next, pauseRequested: undefined } : next;
}

function foldState(
  run: Run,
  data: RunEventData[typeof RUN_EVENT_CODES.state],
  at: string,
): Run {
  const { to, problem } = data;
  return {
    ...run,
    state: to,
    problem,
    pauseRequested: to === 'running' ? run.pauseRequested : undefined,
    startedAt: run.startedAt ?? (to === 'running' ? at : undefined),
    settledAt: isSettledRunState(to) ? at : undefined,
  };
}

function foldStep(
  step: RunStep,
  data: RunEventData[typeof RUN_EVENT_CODES.step],
  at: string,
): RunStep {
  const { to, attempt, problem, waitingFor } = data;
  const again = attempt !== step.attempt;
  return {
    ...step,
    state: to,
    attempt,
    problem,
    waitingFor,
    startedAt: startOf(step, to, at, again),
    endedAt: SETTLED_STEPS.includes(to) ? at : undefined,
    progress: again ? undefined : step.progress,
    output: data.output ?? step.output,
    skippedReason: data.skippedReason ?? step.skippedReason,
    undo: data.undo ?? step.undo,
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
