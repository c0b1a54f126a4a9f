import type { Knex } from 'knex';
import {
  ENDED_STATUSES,
  environmentOf,
  TABLES,
  type EnvironmentRow,
} from '../database/tables';
import {
  countFailure,
  holdUp,
  type TryColumns,
} from '../database/unattendedTries';
import type {
  ScheduledEnvironment,
  SchedulePatch,
  ScheduleStore,
} from './types';

const TRIES: TryColumns = {
  heldUpBy: 'sleep_held_up_by',
  failures: 'sleep_failures',
  retryAt: 'sleep_retry_at',
};

function columnsOf(patch: SchedulePatch): Partial<EnvironmentRow> {
  const { schedule, override, sleep, slept, lookedAt, succeeded } = patch;
  return {
    ...(schedule !== undefined && { schedule }),
    ...(override !== undefined && { schedule_override: override }),
    ...(sleep !== undefined && {
      sleep_state: sleep?.state ?? null,
      sleep_since: sleep?.since ?? null,
      sleep_run_id: sleep?.runId ?? null,
    }),
    ...(slept !== undefined && { slept: slept && { items: slept } }),
    ...(lookedAt !== undefined && { sleep_looked_at: lookedAt }),
    ...(succeeded && {
      sleep_failures: 0,
      sleep_retry_at: null,
      sleep_held_up_by: null,
    }),
  };
}

export class DatabaseScheduleStore implements ScheduleStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseScheduleStore {
    return new DatabaseScheduleStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async scheduled(): Promise<ScheduledEnvironment[]> {
    const rows = await this.#knex<EnvironmentRow>(TABLES.environments)
      .where(either =>
        either.whereNotNull('schedule').orWhereNotNull('sleep_state'),
      )
      .whereNotIn('status', ENDED_STATUSES)
      .orderBy('id');
    const now = new Date();
    return rows.map(row => ({
      environment: environmentOf(row, now),
      ...(row.sleep_looked_at && { lookedAt: row.sleep_looked_at }),
    }));
  }

  async update(
    environmentId: string,
    patch: SchedulePatch,
    tx?: Knex.Transaction,
  ): Promise<void> {
    const columns = columnsOf(patch);
    if (Object.keys(columns).length > 0) {
      await (tx ?? this.#knex)<EnvironmentRow>(TABLES.environments)
        .where('id', environmentId)
        .update(columns);
    }
  }

  async holdUp(
    environmentId: string,
    reason: string | null,
  ): Promise<string | null> {
    return holdUp(this.#knex, environmentId, TRIES, reason);
  }

  async failed(
    environmentId: string,
    at: Date,
    tx: Knex.Transaction,
  ): Promise<void> {
    await countFailure(tx, environmentId, TRIES, at);
  }
}
