import type { RunEvent } from '@slipway/plugin-runs-common';
import type { Knex } from 'knex';
import { LeaseLostError } from '../engine/internalErrors';
import { eventsOfChange, type EventDraft } from '../state/words';
import type { RunChange, RunRecord, StepRecord } from '../state/types';
import {
  databaseNow,
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
  /**
   * A statement that comes first, under the lock of the run's row; the run is written only where it returns something.
   * It must do nothing where the given query finds nothing.
   *
   * A condition on another table would not do: where the row had to be waited for, it would be judged by how that table
   * was before. A row that is written is looked at again.
   */
  onlyIf?: (ifLocked: Knex.QueryBuilder) => Knex.QueryBuilder;
  /** A statement that belongs to it; it must do nothing where the given query finds nothing. */
  together?: (ifRaised: Knex.QueryBuilder) => Knex.QueryBuilder | Knex.Raw;
}

/**
 * Changes a run together with its history, in one statement, so that it takes one round trip and is all or nothing
 * with or without a transaction around it.
 *
 * Its first part raises the run's sequence where the fence is still the writer's own; the others happen only if that
 * found the row. It locks the row, so two writers follow one another and sequences have no gaps; and it finds no row
 * once another driver has taken the run up, so a process that was paused and wakes writes nothing, not even half.
 *
 * @param fence - the writer's; undefined for a person's command, whose transaction holds the row's lock.
 * @returns the new events, or undefined where `ifSequenceIs` or `onlyIf` did not hold.
 * @throws LeaseLostError
 */
export async function writeRun(
  knex: Knex,
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
  const raise = knex(RUNS)
    .where(where)
    .update({
      ...toRunColumns(change.run ?? {}),
      ...leaseColumns(knex, write),
      last_sequence: knex.raw('last_sequence + ?', [drafts.length]),
    })
    .returning('last_sequence');
  const query = knex.queryBuilder();
  if (write.onlyIf) {
    const found = (name: string) => knex.select(knex.raw('1')).from(name);
    query
      .with('locked', knex(RUNS).where(where).forUpdate().select('id'))
      .with('first_of_all', write.onlyIf(found('locked')));
    raise.whereExists(found('first_of_all'));
  }
  query.with('raised', raise);
  const ifRaised = knex.select(knex.raw('1')).from('raised');
  Object.entries(change.steps ?? {}).forEach(([stepId, patch], index) => {
    const columns = toStepColumns(patch);
    if (Object.keys(columns).length > 0) {
      query.with(
        `step_${index}`,
        knex(STEPS)
          .where({ run_id: run.id, id: stepId })
          .whereExists(ifRaised)
          .update(columns),
      );
    }
  });
  if (write.together) {
    query.with('together', write.together(ifRaised));
  }
  if (drafts.length > 0) {
    query.with('written', insertDrafts(knex, run.id, drafts));
  }
  const [raised] = (await query
    .select('last_sequence', knex.raw('now() as written_at'))
    .from('raised')) as Array<{ last_sequence: number; written_at: Date }>;
  if (raised) {
    return toEvents(run.id, drafts, raised);
  }
  if (write.ifSequenceIs === undefined && write.onlyIf === undefined) {
    throw new LeaseLostError(run.id);
  }
  return undefined;
}

function insertDrafts(knex: Knex, runId: string, drafts: EventDraft[]) {
  const values = drafts
    .map(() => '(?::int, ?, ?, ?, ?, ?, ?::json)')
    .join(', ');
  return knex.raw(
    `insert into ${EVENTS} (run_id, sequence, code, level, step_id, actor, message, data)
     select ?, raised.last_sequence - ? + draft.place, draft.code, draft.level, draft.step_id, draft.actor, draft.message, draft.data
     from raised, (values ${values}) as draft (place, code, level, step_id, actor, message, data)`,
    [
      runId,
      drafts.length,
      ...drafts.flatMap((draft, index) => [
        index + 1,
        toText(draft.code),
        draft.level,
        draft.stepId ?? null,
        draft.actor ?? null,
        toText(draft.message),
        toJson(draft.data),
      ]),
    ] as Knex.RawBinding[],
  );
}

function toEvents(
  runId: string,
  drafts: EventDraft[],
  raised: { last_sequence: number; written_at: Date },
): RunEvent[] {
  return drafts.map((draft, index) => ({
    runId,
    sequence: raised.last_sequence - drafts.length + index + 1,
    at: raised.written_at.toISOString(),
    ...draft,
  }));
}

function leaseColumns(knex: Knex, write: RunWrite) {
  if (write.wake) {
    // The end of a lease that somebody holds is left alone: its holder looks at the run soon enough.
    return {
      claimable_at: knex.raw(
        'case when driver is null then now() else claimable_at end',
      ),
    };
  }
  if (!write.release) {
    return write.change.run?.state === 'paused' ? { claimable_at: null } : {};
  }
  const at = write.release.claimableAt;
  const times = { now: databaseNow(knex), never: null };
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
