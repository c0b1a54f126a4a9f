import type { JsonObject } from '@backstage/types';
import { RUN_EVENT_CODES } from '@slipway/plugin-runs-common';
import type {
  RunEventLevel,
  RunState,
  StepState,
} from '@slipway/plugin-runs-common';
import type { RunChange, RunRecord, StepPatch, StepRecord } from './types';

/** An event that has no sequence yet. */
export interface EventDraft {
  code: string;
  level: RunEventLevel;
  stepId?: string;
  actor?: string;
  message: string;
  data: JsonObject;
}

const runWords: Record<RunState, string> = {
  queued: 'is queued',
  running: 'is running',
  waiting: 'is waiting',
  paused: 'is paused',
  'needs-attention': 'needs a person',
  cancelling: 'is being cancelled',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
};

const stepWords: Record<StepState, string> = {
  pending: 'will be worked on',
  running: 'started',
  waiting: 'waits',
  'needs-attention': 'needs a person',
  succeeded: 'succeeded',
  failed: 'failed',
  skipped: 'was skipped',
  cancelled: 'was cancelled',
};

/** One event for each state that a change moves. */
export function eventsOfChange(
  before: { run: RunRecord; steps: StepRecord[] },
  change: RunChange,
): EventDraft[] {
  const events: EventDraft[] = [];
  for (const step of before.steps) {
    const patch = change.steps?.[step.id];
    if (patch?.state && patch.state !== step.state) {
      events.push(stepEvent(step, patch, patch.state));
    }
  }
  const to = change.run?.state;
  if (to && to !== before.run.state) {
    const problem = change.run?.problem;
    events.push({
      code: RUN_EVENT_CODES.state,
      level: levelOf(to),
      message: sentence(`The run ${runWords[to]}`, problem?.message),
      data: clean({ from: before.run.state, to, problem }),
    });
  }
  return events;
}

function stepEvent(
  step: StepRecord,
  patch: StepPatch,
  to: StepState,
): EventDraft {
  const after = { ...step, ...patch };
  const undoing = after.undo && !after.undone && to === 'running';
  const willBeUndone = after.undo && !after.undone && to === 'pending';
  let what = stepWords[to];
  if (undoing) {
    what = 'is being undone';
  } else if (willBeUndone) {
    what = 'will be undone';
  }
  const why =
    after.problem?.message ??
    (to === 'waiting' ? after.waitingFor?.title : undefined) ??
    (to === 'skipped' ? after.skippedReason : undefined);
  return {
    code: RUN_EVENT_CODES.step,
    level: levelOf(to),
    stepId: step.id,
    message: sentence(`${step.title} ${what}`, why),
    data: clean({
      from: step.state,
      to,
      attempt: after.attempt,
      problem: after.problem,
      waitingFor: after.waitingFor,
      output: to === 'succeeded' ? after.output : undefined,
      skippedReason: to === 'skipped' ? after.skippedReason : undefined,
      undo: after.undo,
    }),
  };
}

function levelOf(state: RunState | StepState): RunEventLevel {
  if (state === 'failed') {
    return 'error';
  }
  return state === 'needs-attention' ? 'warning' : 'info';
}

function sentence(what: string, why: string | undefined): string {
  return why ? `${what}: ${why}` : what;
}

/** Without keys that have no value. */
function clean(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value));
}
