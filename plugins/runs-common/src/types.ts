import type { JsonObject, JsonValue } from '@backstage/types';

/**
 * Where a run stands.
 *
 * - `queued`: no back end drives it yet.
 * - `running`: a back end holds its lease and works on at least one step.
 * - `waiting`: nothing to do until a person signals or a time comes; no lease is held.
 * - `paused`: a person paused it; steps in flight were left at a safe point.
 * - `needs-attention`: a call's outcome is unknown, or a step asked for a person; what the run holds stays held.
 * - `cancelling`: a person cancelled it; steps are being undone.
 * - `succeeded`, `failed`, `cancelled`: settled. Only `failed` can be reopened, by retrying or skipping the failed step.
 *
 * @public
 */
export type RunState =
  | 'queued'
  | 'running'
  | 'waiting'
  | 'paused'
  | 'needs-attention'
  | 'cancelling'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

/** @public */
export type SettledRunState = 'succeeded' | 'failed' | 'cancelled';

/** @public */
export type StepState =
  | 'pending'
  | 'running'
  | 'waiting'
  | 'needs-attention'
  | 'succeeded'
  | 'failed'
  | 'skipped'
  | 'cancelled';

/** What went wrong, said to a person. @public */
export interface RunProblem {
  /** Stable, dotted, e.g. `aws.throttled`. */
  code: string;
  /** What happened, to which thing. */
  message: string;
  /** What to do about it. */
  mend?: string;
  /** Facts a person needs to decide, e.g. the call whose answer was lost. Never a secret. */
  facts?: JsonObject;
}

/** @public */
export interface RunStep {
  id: string;
  type: string;
  title: string;
  dependsOn: string[];
  state: StepState;
  /** 1 for the first try, counted up by each retry. */
  attempt: number;
  startedAt?: string;
  endedAt?: string;
  /** Set while the step waits: for a signal of this name, or until this time. */
  waitingFor?: { signal?: string; title: string; until?: string };
  progress?: StepProgress;
  problem?: RunProblem;
  skippedReason?: string;
  output?: JsonObject;
  /** Set once the run is being cancelled: which of its handler's ways undoes this step. */
  undo?: 'cancel' | 'compensate';
  /** False where the failed step may not be skipped; left out otherwise. */
  skippable?: false;
  /** How long it is expected to take, from earlier runs or the step's author. */
  expectedSeconds?: number;
}

/** @public */
export interface StepProgress {
  done: number;
  total: number;
  /** Plural noun, e.g. `resources`. */
  unit: string;
}

/** All times are ISO 8601 in UTC. @public */
export interface Run {
  id: string;
  /** Registered kind, e.g. `infra.create`. */
  kind: string;
  title: string;
  /** What it works on, e.g. `environment:<id>`. */
  subject: string;
  state: RunState;
  /** True from a person's pause until the steps in flight have come to a safe point; `state` is `paused` from then on. */
  pauseRequested?: true;
  problem?: RunProblem;
  /** Entity reference of who asked for it. */
  createdBy: string;
  createdAt: string;
  startedAt?: string;
  settledAt?: string;
  inputs: JsonObject;
  steps: RunStep[];
  /** The newest event's sequence; 0 before the first. */
  lastSequence: number;
}

/** @public */
export type RunEventLevel = 'info' | 'warning' | 'error';

/**
 * One line of a run's history. Sequences start at 1 and have no gaps within a run.
 * @public
 */
export interface RunEvent {
  runId: string;
  sequence: number;
  /** ISO 8601, UTC. */
  at: string;
  /** One of {@link RUN_EVENT_CODES} or a code of the run's kind, e.g. `infra.resource`. */
  code: string;
  level: RunEventLevel;
  stepId?: string;
  /** Entity reference of the person behind it, where there is one. */
  actor?: string;
  message: string;
  data: JsonObject;
}

/** Codes that the engine itself emits. @public */
export const RUN_EVENT_CODES = {
  /** data: {} */
  created: 'run.created',
  /** data: { from, to, problem? } ; one for each change of the run's state */
  state: 'run.state',
  /** data: { from, to, attempt, problem?, waitingFor?, output? , skippedReason?, undo? } */
  step: 'step.state',
  /** data: StepProgress */
  progress: 'step.progress',
  /** data: { call, guard } ; journalled before the side effect */
  callIntended: 'call.intended',
  /** data: { call, durationMs, adopted } ; adopted: an earlier try's effect was found */
  callSucceeded: 'call.succeeded',
  /** data: { call, problem } */
  callFailed: 'call.failed',
  /** data: { call, reason } ; the answer was lost, so the effect may or may not be there */
  callLost: 'call.lost',
  /** data: { call, guard, decision } ; an intent without a result was found on take-up */
  callResumed: 'call.resumed',
  /** data: { command, stepId?, reason? } ; a person acted */
  command: 'run.command',
  /** data: { signal, payload } */
  signal: 'run.signal',
  /** data: { driver, fence } ; a back end took the run up */
  taken: 'run.taken',
  /** Free text from a step. data: {} */
  log: 'step.log',
} as const;

/** What a person may do to a run. @public */
export type RunCommand =
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'cancel'; reason?: string }
  | { type: 'retry'; stepId: string }
  | { type: 'skip'; stepId: string; reason: string }
  | { type: 'signal'; signal: string; payload: JsonValue };
