import type { JsonValue } from '@backstage/types';
import type { Knex } from 'knex';
import { SIGNALS, toText, type SignalRow } from './rows';

/** Gives each attempt of a step its signal. Callers hold the lock of the run's row. */
export async function takeSignal(
  tx: Knex.Transaction,
  options: { runId: string; name: string; usedBy: string },
): Promise<{ payload: JsonValue; actor: string; at: Date } | undefined> {
  const name = toText(options.name);
  const rows = await tx<SignalRow>(SIGNALS)
    .where({ run_id: options.runId, name })
    .where(query =>
      query.whereNull('used_by').orWhere('used_by', options.usedBy),
    )
    .orderBy('id');
  const given = rows.filter(row => row.used_by !== null);
  const signal = given.at(-1) ?? rows.at(-1);
  if (!signal) {
    return undefined;
  }
  if (given.length === 0) {
    // Earlier ones of the name are used up with it: a later attempt must not get what was superseded.
    await tx(SIGNALS)
      .whereIn(
        'id',
        rows.map(row => row.id),
      )
      .update({ used_by: options.usedBy });
  }
  return { payload: signal.payload, actor: signal.actor, at: signal.at };
}

/** Whether a signal of the name is there that no attempt was given yet. */
export async function hasUnusedSignal(
  tx: Knex.Transaction,
  runId: string,
  name: string,
): Promise<boolean> {
  const row = await tx<SignalRow>(SIGNALS)
    .where({ run_id: runId, name: toText(name) })
    .whereNull('used_by')
    .first('id');
  return row !== undefined;
}
