import { retryAfterMinutes } from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import { TABLES, type EnvironmentRow } from './tables';

const MINUTE_MS = 60_000;

/** Columns of an environment that tell how it goes with what the portal does to it by itself. */
export interface TryColumns {
  heldUpBy: 'sleep_held_up_by' | 'expiry_paused_because';
  failures: 'sleep_failures' | 'expiry_failures';
  retryAt: 'sleep_retry_at' | 'expiry_retry_at';
}

/** Writes what holds it up, or null; returns what did before. */
export async function holdUp(
  knex: Knex,
  environmentId: string,
  { heldUpBy }: TryColumns,
  reason: string | null,
): Promise<string | null> {
  return knex.transaction(async tx => {
    const row = await tx<EnvironmentRow>(TABLES.environments)
      .where('id', environmentId)
      .forUpdate()
      .first(heldUpBy);
    const before = row?.[heldUpBy] ?? null;
    if (before !== reason) {
      await tx<EnvironmentRow>(TABLES.environments)
        .where('id', environmentId)
        .update({ [heldUpBy]: reason });
    }
    return before;
  });
}

/** Counts a try that failed, and puts the next one off. */
export async function countFailure(
  tx: Knex.Transaction,
  environmentId: string,
  { failures, retryAt }: TryColumns,
  at: Date,
): Promise<void> {
  const [row] = await tx<EnvironmentRow>(TABLES.environments)
    .where('id', environmentId)
    .increment(failures, 1)
    .returning([failures]);
  await tx<EnvironmentRow>(TABLES.environments)
    .where('id', environmentId)
    .update({
      [retryAt]: new Date(
        at.getTime() + retryAfterMinutes(row[failures]) * MINUTE_MS,
      ),
    });
}
