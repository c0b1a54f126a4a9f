import type { Knex } from 'knex';
import { TABLES, type HeldAmountRow } from './tables';
import type { HeldAmount, HeldAmountStore } from './types';

/** One row for each run whose plan was confirmed, until it has succeeded or is undone. */
export class DatabaseHeldAmountStore implements HeldAmountStore {
  static create(): DatabaseHeldAmountStore {
    return new DatabaseHeldAmountStore();
  }

  private constructor() {}

  async hold(
    { environmentId, runId, monthlyUsd }: HeldAmount,
    tx: Knex.Transaction,
  ): Promise<boolean> {
    const row = {
      environment_id: environmentId,
      run_id: runId,
      monthly_usd: monthlyUsd,
    };
    const inserted = await tx<HeldAmountRow>(TABLES.heldAmounts)
      .insert(row)
      .onConflict(['environment_id', 'run_id'])
      .ignore()
      .returning('run_id');
    if (inserted.length === 0) {
      // Of a plan that was made anew; what the one before it may have made counts on.
      await tx<HeldAmountRow>(TABLES.heldAmounts)
        .where({ environment_id: environmentId, run_id: runId })
        .update({
          monthly_usd: tx.raw(
            `CASE WHEN EXISTS (
              SELECT FROM ?? WHERE run_id = ? AND apply_attempt IS NOT NULL
            ) THEN greatest(monthly_usd, ?::numeric) ELSE ?::numeric END`,
            [TABLES.plans, runId, monthlyUsd, monthlyUsd],
          ),
        });
    }
    return inserted.length > 0;
  }

  async release(
    environmentId: string,
    runId: string,
    tx: Knex.Transaction,
  ): Promise<void> {
    await tx<HeldAmountRow>(TABLES.heldAmounts)
      .where({ environment_id: environmentId, run_id: runId })
      .delete();
  }

  async releaseAll(environmentId: string, tx: Knex.Transaction): Promise<void> {
    await tx<HeldAmountRow>(TABLES.heldAmounts)
      .where({ environment_id: environmentId })
      .delete();
  }
}
