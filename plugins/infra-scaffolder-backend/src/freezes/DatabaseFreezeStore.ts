import type {
  FreezePeriod,
  FreezeScope,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import { isId } from '../database/isId';
import { TABLES } from '../database/tables';
import type { FreezeOverride, FreezeStore, NewFreezePeriod } from './types';

interface PeriodRow {
  id: string;
  title: string;
  starts_at: Date;
  ends_at: Date;
  scope: FreezeScope;
  created_by: string;
  created_at: Date;
}

interface OverrideRow {
  run_id: string;
  plan_hash: string;
  environment_id: string;
  by: string;
  reason: string;
  at: Date;
}

function periodOf(row: PeriodRow): FreezePeriod {
  return {
    id: row.id,
    title: row.title,
    from: row.starts_at.toISOString(),
    until: row.ends_at.toISOString(),
    scope: row.scope,
    createdBy: row.created_by,
  };
}

function columnsOf({ title, from, until, scope }: NewFreezePeriod) {
  return {
    title,
    starts_at: new Date(from),
    ends_at: new Date(until),
    scope,
  };
}

export class DatabaseFreezeStore implements FreezeStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseFreezeStore {
    return new DatabaseFreezeStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(endingAfter: Date): Promise<FreezePeriod[]> {
    const rows = await this.#periods()
      .where('ends_at', '>', endingAfter)
      .orderBy(['starts_at', 'id']);
    return rows.map(periodOf);
  }

  async find(id: string): Promise<FreezePeriod | undefined> {
    // What is no id of ours is not found, instead of refused by the database.
    if (!isId(id)) {
      return undefined;
    }
    const row = await this.#periods().where({ id }).first();
    return row && periodOf(row);
  }

  async insert(period: FreezePeriod, at: Date): Promise<void> {
    await this.#periods().insert({
      id: period.id,
      ...columnsOf(period),
      created_by: period.createdBy,
      created_at: at,
    });
  }

  async update(id: string, period: NewFreezePeriod): Promise<void> {
    await this.#periods().where({ id }).update(columnsOf(period));
  }

  async remove(id: string): Promise<void> {
    await this.#periods().where({ id }).delete();
  }

  async override(override: FreezeOverride): Promise<void> {
    await this.#knex<OverrideRow>(TABLES.freezeOverrides)
      .insert({
        run_id: override.runId,
        plan_hash: override.planHash,
        environment_id: override.environmentId,
        by: override.by,
        reason: override.reason,
        at: override.at,
      })
      .onConflict(['run_id', 'plan_hash'])
      .ignore();
  }

  async overrideOf(
    runId: string,
    planHash: string,
  ): Promise<FreezeOverride | undefined> {
    const row = await this.#knex<OverrideRow>(TABLES.freezeOverrides)
      .where({ run_id: runId, plan_hash: planHash })
      .first();
    return (
      row && {
        runId: row.run_id,
        planHash: row.plan_hash,
        environmentId: row.environment_id,
        by: row.by,
        reason: row.reason,
        at: row.at,
      }
    );
  }

  #periods() {
    return this.#knex<PeriodRow>(TABLES.freezePeriods);
  }
}
