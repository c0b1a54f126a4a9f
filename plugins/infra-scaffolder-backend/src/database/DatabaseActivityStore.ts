import type { Activity } from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import { TABLES, type ActivityRow } from './tables';
import type { ActivityStore } from './types';

const MAXIMUM_LINES = 200;

export class DatabaseActivityStore implements ActivityStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseActivityStore {
    return new DatabaseActivityStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(
    environmentId: string,
    activity: Omit<Activity, 'at'> & { at: Date },
    tx?: Knex.Transaction,
  ): Promise<void> {
    await (tx ?? this.#knex)<ActivityRow>(TABLES.activity).insert({
      environment_id: environmentId,
      at: activity.at,
      actor: activity.actor,
      action: activity.action,
      message: activity.message,
      run_id: activity.runId ?? null,
    });
  }

  async list(environmentId: string): Promise<Activity[]> {
    const rows = await this.#knex<ActivityRow>(TABLES.activity)
      .where('environment_id', environmentId)
      .orderBy('id', 'desc')
      .limit(MAXIMUM_LINES);
    return rows.map(row => ({
      at: row.at.toISOString(),
      actor: row.actor,
      action: row.action,
      message: row.message,
      runId: row.run_id ?? undefined,
    }));
  }
}
