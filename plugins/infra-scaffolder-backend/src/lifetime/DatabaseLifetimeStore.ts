import type { LifetimeWarning } from '@slipway/plugin-infra-scaffolder-common';
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
import type { EndingEnvironment, LifetimeStore } from './types';

interface WarningRow {
  environment_id: string;
  expires_at: Date;
  lead_hours: number;
  at: Date;
  sent: boolean;
}

const TRIES: TryColumns = {
  heldUpBy: 'expiry_paused_because',
  failures: 'expiry_failures',
  retryAt: 'expiry_retry_at',
};

export class DatabaseLifetimeStore implements LifetimeStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseLifetimeStore {
    return new DatabaseLifetimeStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async ending(before: Date): Promise<EndingEnvironment[]> {
    const rows = await this.#knex<EnvironmentRow>(TABLES.environments)
      .where('expires_at', '<=', before)
      .whereNotIn('status', [...ENDED_STATUSES, 'planning'])
      .orderBy('expires_at');
    const warnings = await this.#knex<WarningRow>(
      TABLES.lifetimeWarnings,
    ).whereIn(
      'environment_id',
      rows.map(({ id }) => id),
    );
    const now = new Date();
    return rows.map(row => ({
      environment: environmentOf(row, now) as EndingEnvironment['environment'],
      warnings: warnings
        .filter(warning => warning.environment_id === row.id)
        .map(warning => ({
          expiresAt: warning.expires_at.toISOString(),
          leadHours: warning.lead_hours,
          at: warning.at.toISOString(),
        })),
    }));
  }

  /** The key of the table lets one of several replicas write the row; whoever did sends it. */
  async claimWarning(
    environmentId: string,
    warning: LifetimeWarning & { sent: boolean },
  ): Promise<boolean> {
    const written = await this.#knex<WarningRow>(TABLES.lifetimeWarnings)
      .insert({
        environment_id: environmentId,
        expires_at: new Date(warning.expiresAt),
        lead_hours: warning.leadHours,
        at: new Date(warning.at),
        sent: warning.sent,
      })
      .onConflict(['environment_id', 'expires_at', 'lead_hours'])
      .ignore()
      .returning('lead_hours');
    return written.length > 0;
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
