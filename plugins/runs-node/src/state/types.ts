import type { JsonObject } from '@backstage/types';
import type {
  RunProblem,
  RunState,
  StepProgress,
  StepState,
} from '@slipway/plugin-runs-common';

/** `pausing`, `stopping`: asked for, and the steps in flight are still on their way to a safe point. */
export type RunPhase = 'forward' | 'pausing' | 'stopping' | 'undoing';

/** Which of a handler's ways is called. */
export type StepWork = 'execute' | 'cancel' | 'compensate';

export interface RunRecord {
  id: string;
  kind: string;
  title: string;
  subject: string;
  createdBy: string;
  createdAt: Date;
  startedAt?: Date;
  settledAt?: Date;
  inputs: JsonObject;
  state: RunState;
  phase: RunPhase;
  problem?: RunProblem;
  lastSequence: number;
  fence: number;
  driver?: string;
}

export interface StepWait {
  title: string;
  signal?: string;
  /** ISO 8601, UTC. */
  until?: string;
}

export interface StepRecord {
  id: string;
  type: string;
  title: string;
  dependsOn: string[];
  input: JsonObject;
  skippable: boolean;
  timeoutSeconds?: number;
  retry?: { attempts: number; delaySeconds: number };
  expectedSeconds?: number;
  state: StepState;
  attempt: number;
  startedAt?: Date;
  endedAt?: Date;
  waitingFor?: StepWait;
  progress?: StepProgress;
  problem?: RunProblem;
  skippedReason?: string;
  output?: JsonObject;
  checkpoint?: JsonObject;
  workingSince?: Date;
  workedMs: number;
  autoRetries: number;
  undo?: 'cancel' | 'compensate';
  undone: boolean;
  undoAttempt: number;
}

/** What changes of a step; a key that is there with `undefined` clears the value. */
export type StepPatch = Partial<
  Omit<
    StepRecord,
    | 'id'
    | 'type'
    | 'title'
    | 'dependsOn'
    | 'input'
    | 'skippable'
    | 'timeoutSeconds'
    | 'retry'
    | 'expectedSeconds'
  >
>;

export type RunPatch = Partial<
  Pick<RunRecord, 'state' | 'phase' | 'problem' | 'startedAt' | 'settledAt'>
>;

/** One change of a run, to be written as a whole. */
export interface RunChange {
  run?: RunPatch;
  steps?: Record<string, StepPatch>;
}

export interface RunSnapshot {
  run: RunRecord;
  /** In the order in which they were declared. */
  steps: StepRecord[];
  /** The database's time when it was read. */
  now: Date;
}
