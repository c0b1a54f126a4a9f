import type {
  EnvironmentStatus,
  Operation,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run, SettledRunState } from '@slipway/plugin-runs-common';
import type { Undo } from '../database/types';
import { inputsOf } from '../services/environmentRun';

/** What an environment becomes when its run ends. */
export interface Settlement {
  /** Undefined: as it was before the run. */
  status?: EnvironmentStatus;
  /** One sentence; undefined where the status says it all. */
  reason?: string;
}

const AFTER_SUCCESS: Record<Operation, EnvironmentStatus> = {
  create: 'ready',
  update: 'ready',
  destroy: 'destroyed',
};

const DEEDS: Record<Operation, string> = {
  create: 'Creating it',
  update: 'Changing it',
  destroy: 'Destroying it',
};

function problemOf(run: Run): string {
  const failed = run.steps.find(step => step.state === 'failed');
  const problem = failed?.problem ?? run.problem;
  return [problem?.message, problem?.mend].filter(Boolean).join(' ');
}

function afterFailure(
  run: Run,
  operation: Operation,
  hasBegun: boolean,
): Settlement {
  const problem = problemOf(run);
  if (hasBegun) {
    return {
      status: 'failed',
      reason: `${DEEDS[operation]} failed. ${problem}`,
    };
  }
  const reason = `${DEEDS[operation]} failed before anything was changed. ${problem}`;
  return operation === 'create' ? { status: 'failed', reason } : { reason };
}

function afterCancel(
  run: Run,
  operation: Operation,
  undo: Undo | undefined,
  hasBegun: boolean,
): Settlement {
  if (!hasBegun) {
    const reason = `${DEEDS[operation]} was cancelled before anything was changed.`;
    return operation === 'create'
      ? { status: 'cancelled', reason }
      : { reason };
  }
  if (undo?.runId !== run.id) {
    return {
      status: 'failed',
      reason: `${DEEDS[operation]} was cancelled, and it is not known what is left in AWS. Destroy it to clean up.`,
    };
  }
  if (undo.leftInAws) {
    return {
      status: operation === 'update' ? 'ready' : 'failed',
      reason: undo.sentence,
    };
  }
  return {
    status: operation === 'create' ? 'cancelled' : 'destroyed',
    reason: undo.sentence,
  };
}

/**
 * Decides by what the run did, not by what was meant.
 *
 * @param hasBegun - whether anything may have been done in AWS: the engine was called.
 */
export function settle(
  run: Run,
  state: SettledRunState,
  { undo, hasBegun }: { undo: Undo | undefined; hasBegun: boolean },
): Settlement {
  const { operation } = inputsOf(run);
  if (state === 'failed') {
    return afterFailure(run, operation, hasBegun);
  }
  if (state === 'cancelled') {
    return afterCancel(run, operation, undo, hasBegun);
  }
  return { status: AFTER_SUCCESS[operation] };
}
