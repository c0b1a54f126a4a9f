import type {
  Exemption,
  ExemptionState,
  NewExemption,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import { isId } from '../database/isId';
import { TABLES } from '../database/tables';
import type { ExemptionStore } from './types';

const MOST = 500;

interface ExemptionRow {
  id: string;
  rule: string;
  environment_id: string | null;
  resource_pattern: string;
  owner: string;
  reason: string;
  expires_at: Date;
  asked_by: string;
  asked_at: Date;
  granted_by: string | null;
  granted_at: Date | null;
  ended_by: string | null;
  ended_at: Date | null;
  warned_at: Date | null;
}

type NamedRow = ExemptionRow & { environment_name: string | null };

/** Nobody writes that one has expired: the time says so. */
function stateOf(row: ExemptionRow, now: Date): ExemptionState {
  if (row.ended_at) {
    return row.granted_at ? 'revoked' : 'declined';
  }
  if (row.expires_at <= now) {
    return 'expired';
  }
  return row.granted_at ? 'active' : 'asked';
}

function exemptionOf(row: NamedRow, now: Date): Exemption {
  return {
    id: row.id,
    state: stateOf(row, now),
    rule: row.rule,
    ...(row.environment_id && {
      environment: { id: row.environment_id, name: row.environment_name! },
    }),
    resourcePattern: row.resource_pattern,
    owner: row.owner,
    reason: row.reason,
    expiresAt: row.expires_at.toISOString(),
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    grantedBy: row.granted_by ?? undefined,
    grantedAt: row.granted_at?.toISOString(),
    endedBy: row.ended_by ?? undefined,
    endedAt: row.ended_at?.toISOString(),
  };
}

export class DatabaseExemptionStore implements ExemptionStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseExemptionStore {
    return new DatabaseExemptionStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(
    exemption: NewExemption & { id: string },
    {
      askedBy,
      isGranted,
      at,
    }: { askedBy: string; isGranted: boolean; at: Date },
  ): Promise<void> {
    await this.#rows().insert({
      id: exemption.id,
      rule: exemption.rule,
      environment_id: exemption.environmentId ?? null,
      resource_pattern: exemption.resourcePattern,
      owner: exemption.owner,
      reason: exemption.reason,
      expires_at: new Date(exemption.expiresAt),
      asked_by: askedBy,
      asked_at: at,
      ...(isGranted && { granted_by: askedBy, granted_at: at }),
    });
  }

  async find(id: string, now: Date): Promise<Exemption | undefined> {
    // What is no id of ours is not found, instead of refused by the database.
    if (!isId(id)) {
      return undefined;
    }
    const row: NamedRow | undefined = await this.#named()
      .where('exemptions.id', id)
      .first();
    return row && exemptionOf(row, now);
  }

  async list(
    environmentId: string | undefined,
    now: Date,
  ): Promise<Exemption[]> {
    const query = this.#named().orderBy('asked_at', 'desc').limit(MOST);
    const rows: NamedRow[] = await (environmentId
      ? query.where(about(environmentId))
      : query);
    return rows.map(row => exemptionOf(row, now));
  }

  async granted(environmentId: string, now: Date): Promise<Exemption[]> {
    const rows: NamedRow[] = await this.#named()
      .where(about(environmentId))
      .whereNotNull('granted_at');
    return rows.map(row => exemptionOf(row, now));
  }

  async grant(id: string, by: string, at: Date): Promise<boolean> {
    const changed = await this.#rows()
      .where({ id })
      .whereNull('granted_at')
      .whereNull('ended_at')
      .where('expires_at', '>', at)
      .update({ granted_by: by, granted_at: at });
    return changed === 1;
  }

  async end(id: string, by: string, at: Date): Promise<boolean> {
    const changed = await this.#rows()
      .where({ id })
      .whereNull('ended_at')
      .where('expires_at', '>', at)
      .update({ ended_by: by, ended_at: at });
    return changed === 1;
  }

  async takeExpiring(before: Date, now: Date): Promise<Exemption[]> {
    const taken = await this.#rows()
      .whereNotNull('granted_at')
      .whereNull('ended_at')
      .whereNull('warned_at')
      .whereBetween('expires_at', [now, before])
      .update({ warned_at: now })
      .returning('id');
    const rows: NamedRow[] = await this.#named().whereIn(
      'exemptions.id',
      taken.map(({ id }) => id),
    );
    return rows.map(row => exemptionOf(row, now));
  }

  #rows() {
    return this.#knex<ExemptionRow>(TABLES.exemptions);
  }

  #named() {
    return this.#knex(TABLES.exemptions)
      .leftJoin(
        TABLES.environments,
        `${TABLES.environments}.id`,
        `${TABLES.exemptions}.environment_id`,
      )
      .select(
        `${TABLES.exemptions}.*`,
        `${TABLES.environments}.name as environment_name`,
      );
  }
}

function about(environmentId: string) {
  return (query: Knex.QueryBuilder) =>
    query.where('environment_id', environmentId).orWhereNull('environment_id');
}
