import type { RunEvent } from '@slipway/plugin-runs-common';
import type { Knex } from 'knex';
import { LeaseLostError } from '../engine/internalErrors';
import { eventsOfChange, type EventDraft } from '../state/words';
import type { RunChange, RunRecord, StepRecord } from '../state/types';
import {
  EVENTS,
  RUNS,
  STEPS,
  toEvent,
  toJson,
  toRunColumns,
  toStepColumns,
  toText,
  type EventRow,
} from './rows';

export interface RunWrite {
  run: RunRecord;
  /** Those that `change` speaks of, as they were. */
  steps: StepRecord[];
  change: RunChange;
  /** Told before those that follow from `change`. */
  events?: EventDraft[];
  /** Gives the lease back, to be taken up again from a time on, or not before somebody acts. */
  release?: { claimableAt: Date | 'now' | 'never' };
  /** Makes a run that nobody drives be taken up. */
  wake?: boolean;
  /** Writes only where no event was written since. */
  ifSequenceIs?: number;
}

/**
 * Changes a run together with its history.
 *
 * The first statement raises the run's sequence where the fence is still the writer's own. It locks the row, so two
 * writers follow one another and sequences have no gaps; and it finds no row once another driver has taken the run
 * up, so a process that was paused and wakes writes nothing, not even half.
 *
 * @param fence - the writer's; undefined for a person's command, whose transaction holds the row's lock.
 * @returns the new events, or undefined where `ifSequenceIs` did not hold.
 * @throws LeaseLostError
 */
export async function writeRun(
  tx: Knex.Transaction,
  write: RunWrite,
  fence: number | undefined,
): Promise<RunEvent[] | undefined> {
  const { run, change } = write;
  const drafts = [...(write.events ?? []), ...eventsOfChange(write, change)];
  const where: Record<string, unknown> = { id: run.id };
  if (fence !== undefined) {
    where.fence = fence;
  }
  if (write.ifSequenceIs !== undefined) {
    where.last_sequence = write.ifSequenceIs;
  }
  const [raised] = await tx(RUNS)
    .where(where)
    .update({
      ...toRunColumns(change.run ?? {}),
      ...leaseColumns(tx, write),
      last_sequence: tx.raw('last_sequence + ?', [drafts.length]),
    })
    .returning<Array<{ last_sequence: number }>>('last_sequence');
  if (!raised) {
    if (write.ifSequenceIs === undefined) {
      throw new LeaseLostError(run.id);
    }
    return undefined;
  }
  for (const [stepId, patch] of Object.entries(change.steps ?? {})) {
    const columns = toStepColumns(patch);
    if (Object.keys(columns).length > 0) {
      await tx(STEPS).where({ run_id: run.id, id: stepId }).update(columns);
    }
  }
  return appendEvents(tx, run.id, raised.last_sequence - drafts.length, drafts);
}

function leaseColumns(tx: Knex.Transaction, write: RunWrite) {
  if (write.wake) {
    // The end of a lease that somebody holds is left alone: its holder looks at the run soon enough.
    return {
      claimable_at: tx.raw(
        'case when driver is null then now() else claimable_at end',
      ),
    };
  }
  if (!write.release) {
    return write.change.run?.state === 'paused' ? { claimable_at: null } : {};
  }
  const at = write.release.claimableAt;
  const times = { now: tx.fn.now(), never: null };
  return {
    driver: null,
    claimable_at: at instanceof Date ? at : times[at],
  };
}

/** Writes events whose sequences the caller has taken from the run's row in the same transaction. */
export async function appendEvents(
  tx: Knex.Transaction,
  runId: string,
  lastSequence: number,
  drafts: EventDraft[],
): Promise<RunEvent[]> {
  if (drafts.length === 0) {
    return [];
  }
  const rows = await tx<EventRow>(EVENTS)
    .insert(
      drafts.map((draft, index) => ({
        run_id: runId,
        sequence: lastSequence + index + 1,
        code: toText(draft.code),
        level: draft.level,
        step_id: draft.stepId ?? null,
        actor: draft.actor ?? null,
        message: toText(draft.message),
        data: toJson(draft.data) as never,
      })),
    )
    .returning('*');
  return rows.map(toEvent);
}
