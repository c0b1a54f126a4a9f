import type { JsonObject, JsonValue } from '@backstage/types';
import type {
  Run,
  RunEvent,
  RunEventLevel,
  RunProblem,
  RunState,
  RunStep,
  StepProgress,
  StepState,
} from '@slipway/plugin-runs-common';
import type {
  RunPatch,
  RunPhase,
  RunRecord,
  StepPatch,
  StepRecord,
  StepWait,
} from '../state/types';
import type { Knex } from 'knex';

export const RUNS = 'runs';
export const STEPS = 'run_steps';
export const CALLS = 'run_calls';
export const EVENTS = 'run_events';
export const SIGNALS = 'run_signals';

export interface RunRow {
  id: string;
  kind: string;
  title: string;
  subject: string;
  created_by: string;
  created_at: Date;
  started_at: Date | null;
  settled_at: Date | null;
  inputs: JsonObject;
  state: RunState;
  phase: RunPhase;
  problem: RunProblem | null;
  last_sequence: number;
  fence: number;
  driver: string | null;
  claimable_at: Date | null;
}

export interface StepRow {
  run_id: string;
  id: string;
  position: number;
  type: string;
  title: string;
  depends_on: string[];
  input: JsonObject;
  skippable: boolean;
  timeout_seconds: number | null;
  retry: { attempts: number; delaySeconds: number } | null;
  expected_seconds: number | null;
  state: StepState;
  attempt: number;
  started_at: Date | null;
  ended_at: Date | null;
  waiting_for: StepWait | null;
  progress: StepProgress | null;
  problem: RunProblem | null;
  skipped_reason: string | null;
  output: JsonObject | null;
  checkpoint: JsonObject | null;
  working_since: Date | null;
  worked_ms: number;
  auto_retries: number;
  undo: 'cancel' | 'compensate' | null;
  undone: boolean;
  undo_attempt: number;
}

export interface EventRow {
  run_id: string;
  sequence: number;
  at: Date;
  code: string;
  level: RunEventLevel;
  step_id: string | null;
  actor: string | null;
  message: string;
  data: JsonObject;
}

export interface SignalRow {
  id: string;
  run_id: string;
  name: string;
  payload: JsonValue;
  actor: string;
  at: Date;
  used_by: string | null;
}

/** The start of the transaction, as `now()` and not `current_timestamp`, which no test could give another meaning. */
export function databaseNow(knex: Knex): Knex.Raw {
  return knex.raw('now()');
}

/** As a parameter of a `json` column. */
export function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** PostgreSQL's `text` cannot hold U+0000. */
export function toText(value: string): string {
  return value.replaceAll('\u0000', '\ufffd');
}

export function toRunRecord(row: RunRow): RunRecord {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    subject: row.subject,
    createdBy: row.created_by,
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    settledAt: row.settled_at ?? undefined,
    inputs: row.inputs,
    state: row.state,
    phase: row.phase,
    problem: row.problem ?? undefined,
    lastSequence: row.last_sequence,
    fence: row.fence,
    driver: row.driver ?? undefined,
  };
}

export function toStepRecord(row: StepRow): StepRecord {
  return {
    id: row.id,
    type: row.type,
    title: row.title,
    dependsOn: row.depends_on,
    input: row.input,
    skippable: row.skippable,
    timeoutSeconds: row.timeout_seconds ?? undefined,
    retry: row.retry ?? undefined,
    expectedSeconds: row.expected_seconds ?? undefined,
    state: row.state,
    attempt: row.attempt,
    startedAt: row.started_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    waitingFor: row.waiting_for ?? undefined,
    progress: row.progress ?? undefined,
    problem: row.problem ?? undefined,
    skippedReason: row.skipped_reason ?? undefined,
    output: row.output ?? undefined,
    checkpoint: row.checkpoint ?? undefined,
    workingSince: row.working_since ?? undefined,
    workedMs: row.worked_ms,
    autoRetries: row.auto_retries,
    undo: row.undo ?? undefined,
    undone: row.undone,
    undoAttempt: row.undo_attempt,
  };
}

const jsonStepColumns = new Set<keyof StepPatch>([
  'waitingFor',
  'progress',
  'problem',
  'output',
  'checkpoint',
]);

const stepColumns: Record<keyof StepPatch, keyof StepRow> = {
  state: 'state',
  attempt: 'attempt',
  startedAt: 'started_at',
  endedAt: 'ended_at',
  waitingFor: 'waiting_for',
  progress: 'progress',
  problem: 'problem',
  skippedReason: 'skipped_reason',
  output: 'output',
  checkpoint: 'checkpoint',
  workingSince: 'working_since',
  workedMs: 'worked_ms',
  autoRetries: 'auto_retries',
  undo: 'undo',
  undone: 'undone',
  undoAttempt: 'undo_attempt',
};

export function toStepColumns(patch: StepPatch): Record<string, unknown> {
  return Object.fromEntries(
    (Object.keys(patch) as Array<keyof StepPatch>).map(key => [
      stepColumns[key],
      toColumn(jsonStepColumns.has(key), patch[key]),
    ]),
  );
}

export function toRunColumns(patch: RunPatch): Record<string, unknown> {
  const columns: Record<keyof RunPatch, keyof RunRow> = {
    state: 'state',
    phase: 'phase',
    problem: 'problem',
    startedAt: 'started_at',
    settledAt: 'settled_at',
  };
  return Object.fromEntries(
    (Object.keys(patch) as Array<keyof RunPatch>).map(key => [
      columns[key],
      toColumn(key === 'problem', patch[key]),
    ]),
  );
}

function toColumn(isJson: boolean, value: unknown): unknown {
  if (isJson) {
    return toJson(value);
  }
  return typeof value === 'string' ? toText(value) : value ?? null;
}

export function toEvent(row: EventRow): RunEvent {
  return {
    runId: row.run_id,
    sequence: row.sequence,
    at: row.at.toISOString(),
    code: row.code,
    level: row.level,
    ...(row.step_id !== null && { stepId: row.step_id }),
    ...(row.actor !== null && { actor: row.actor }),
    message: row.message,
    data: row.data,
  };
}

/** As people and other back ends see it. */
export function toRun(run: RunRecord, steps: StepRecord[]): Run {
  return {
    id: run.id,
    kind: run.kind,
    title: run.title,
    subject: run.subject,
    state: run.state,
    ...(run.phase === 'pausing' && { pauseRequested: true as const }),
    ...(run.problem && { problem: run.problem }),
    createdBy: run.createdBy,
    createdAt: run.createdAt.toISOString(),
    ...(run.startedAt && { startedAt: run.startedAt.toISOString() }),
    ...(run.settledAt && { settledAt: run.settledAt.toISOString() }),
    inputs: run.inputs,
    steps: steps.map(toRunStep),
    lastSequence: run.lastSequence,
  };
}

function toRunStep(step: StepRecord): RunStep {
  return {
    id: step.id,
    type: step.type,
    title: step.title,
    dependsOn: step.dependsOn,
    state: step.state,
    attempt: step.attempt,
    ...(step.startedAt && { startedAt: step.startedAt.toISOString() }),
    ...(step.endedAt && { endedAt: step.endedAt.toISOString() }),
    ...(step.waitingFor && { waitingFor: step.waitingFor }),
    ...(step.progress && { progress: step.progress }),
    ...(step.problem && { problem: step.problem }),
    ...(step.skippedReason && { skippedReason: step.skippedReason }),
    ...(step.output && { output: step.output }),
    ...(step.undo && { undo: step.undo }),
    ...(!step.skippable && { skippable: false as const }),
    ...(step.expectedSeconds !== undefined && {
      expectedSeconds: step.expectedSeconds,
    }),
  };
}
