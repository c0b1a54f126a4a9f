import { retryAfterMinutes } from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import {
  ENDED_STATUSES,
  environmentOf,
  TABLES,
  type EnvironmentRow,
} from '../database/tables';
import type {
  ScheduledEnvironment,
  SchedulePatch,
  ScheduleStore,
} from './types';

const MINUTE_MS = 60_000;

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
    return this.#knex.transaction(async tx => {
      const row = await tx<EnvironmentRow>(TABLES.environments)
        .select('sleep_held_up_by')
        .where('id', environmentId)
        .forUpdate()
        .first();
      const before = row?.sleep_held_up_by ?? null;
      if (before !== reason) {
        await tx<EnvironmentRow>(TABLES.environments)
          .where('id', environmentId)
          .update({ sleep_held_up_by: reason });
      }
      return before;
    });
  }

  async failed(
    environmentId: string,
    at: Date,
    tx: Knex.Transaction,
  ): Promise<void> {
    const [{ sleep_failures: failures }] = await tx<EnvironmentRow>(
      TABLES.environments,
    )
      .where('id', environmentId)
      .increment('sleep_failures', 1)
      .returning('sleep_failures');
    await tx<EnvironmentRow>(TABLES.environments)
      .where('id', environmentId)
      .update({
        sleep_retry_at: new Date(
          at.getTime() + retryAfterMinutes(failures) * MINUTE_MS,
        ),
      });
  }
}
