import type { Knex } from 'knex';
import { TABLES, type IdempotencyKeyRow } from './tables';
import type { IdempotencyKeyStore, KeyedRequest } from './types';

export class DatabaseIdempotencyKeyStore implements IdempotencyKeyStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseIdempotencyKeyStore {
    return new DatabaseIdempotencyKeyStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async find(
    actor: string,
    key: string,
    tx?: Knex.Transaction,
  ): Promise<KeyedRequest | undefined> {
    const row = await (tx ?? this.#knex)<IdempotencyKeyRow>(
      TABLES.idempotencyKeys,
    )
      .where({ actor, key })
      .first();
    return (
      row && {
        actor: row.actor,
        key: row.key,
        fingerprint: row.fingerprint,
        environmentId: row.environment_id,
        runId: row.run_id,
      }
    );
  }

  async insert(
    request: KeyedRequest,
    at: Date,
    tx: Knex.Transaction,
  ): Promise<void> {
    await tx<IdempotencyKeyRow>(TABLES.idempotencyKeys).insert({
      actor: request.actor,
      key: request.key,
      fingerprint: request.fingerprint,
      environment_id: request.environmentId,
      run_id: request.runId,
      created_at: at,
    });
  }
}
