import { NotFoundError } from '@backstage/errors';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  ENVIRONMENT_NAME_PATTERN,
  type Environment,
  type EnvironmentQuery,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentPermissionQuery } from '@slipway/plugin-infra-scaffolder-node';
import type { Knex } from 'knex';
import { STACK_PREFIX, stackNameOf } from '../services/stackName';
import { isId } from './isId';
import { listEnvironments } from './listEnvironments';
import { patchColumns } from './patchColumns';
import {
  ENDED_STATUSES,
  TABLES,
  environmentOf,
  type EnvironmentRow,
} from './tables';
import type { EnvironmentPatch, EnvironmentStore, Holder, Undo } from './types';

/** Any number will do, as long as nothing else in this database uses it. */
const ADDRESS_PLAN_LOCK = 5_417_001;

/** What is held for an environment, by runs that can go on or may have made something. */
const HELD = `CROSS JOIN LATERAL (
  SELECT max(monthly_usd) AS usd, count(*) AS runs
  FROM ${TABLES.heldAmounts} amount
  WHERE amount.environment_id = ${TABLES.environments}.id
    AND (
      amount.run_id = ${TABLES.environments}.last_run_id
      OR EXISTS (
        SELECT FROM ${TABLES.plans} plan
        WHERE plan.run_id = amount.run_id AND plan.apply_attempt IS NOT NULL
      )
    )
) held`;

export class DatabaseEnvironmentStore implements EnvironmentStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseEnvironmentStore {
    return new DatabaseEnvironmentStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async transaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#knex.transaction(work);
  }

  async list(
    query: EnvironmentQuery,
    filter?: PermissionCriteria<EnvironmentPermissionQuery>,
  ) {
    const { rows, ...page } = await listEnvironments(this.#knex, query, filter);
    return { ...page, items: rows.map(this.#read) };
  }

  async find(nameOrId: string): Promise<Environment | undefined> {
    if (isId(nameOrId)) {
      const row = await this.#table().where('id', nameOrId).first();
      return row && this.#read(row);
    }
    if (!ENVIRONMENT_NAME_PATTERN.test(nameOrId)) {
      return undefined;
    }
    const row = await this.#table()
      .where('name', nameOrId)
      .orderByRaw('(status = ANY (?)), created_at DESC', [ENDED_STATUSES])
      .first();
    return row && this.#read(row);
  }

  async findMany(ids: string[]): Promise<Environment[]> {
    const rows = await this.#table().whereIn('id', ids.filter(isId));
    return rows.map(this.#read);
  }

  async holders(tx?: Knex.Transaction): Promise<Holder[]> {
    return this.#table(tx)
      .select('id', 'name', 'owner', 'cidr', {
        accountId: 'account_id',
        monthlyUsd: this.#knex.raw('greatest(monthly_estimate_usd, held.usd)'),
        isOnlyPlanned: this.#knex.raw(
          "(status = 'planning' AND held.runs = 0)",
        ),
      })
      .joinRaw(HELD)
      .whereNotIn('status', ENDED_STATUSES)
      .orderBy('cidr');
  }

  async lockAddressPlan(tx: Knex.Transaction): Promise<void> {
    await tx.raw('SELECT pg_advisory_xact_lock(?)', [ADDRESS_PLAN_LOCK]);
  }

  async lock(id: string, tx: Knex.Transaction): Promise<Environment> {
    const row = await this.#table(tx).where('id', id).forUpdate().first();
    if (!row) {
      throw new NotFoundError(`There is no environment ${id}.`);
    }
    return this.#read(row);
  }

  async insert(
    environment: Parameters<EnvironmentStore['insert']>[0],
    tx: Knex.Transaction,
  ): Promise<Environment> {
    const [row] = await this.#table(tx)
      .insert({
        id: environment.id,
        name: environment.name,
        owner: environment.owner,
        system: environment.system,
        account_id: environment.accountId,
        region: environment.region,
        size: environment.size,
        cidr: environment.cidr,
        engine: environment.engine,
        blueprint_id: environment.blueprint.id,
        blueprint_version: environment.blueprint.version,
        parameters: environment.parameters,
        status: 'planning',
        created_by: environment.createdBy,
        created_at: environment.createdAt,
        updated_at: environment.createdAt,
        outputs: { items: [] },
        engine_state: {},
        ...patchColumns({
          end: environment.end,
          partnerId: environment.partnerId,
        }),
      })
      .returning('*');
    return this.#read(row);
  }

  async update(
    id: string,
    patch: EnvironmentPatch,
    options: { at: Date; onlyFor?: string; tx?: Knex.Transaction },
  ): Promise<boolean> {
    const query = this.#table(options.tx)
      .where('id', id)
      .update({ ...patchColumns(patch), updated_at: options.at });
    if (options.onlyFor) {
      query.where('active_run_id', options.onlyFor);
    }
    return (await query) > 0;
  }

  async ofStack(
    stackName: string,
    accountId: string,
  ): Promise<Environment | undefined> {
    const row = await this.#table()
      .where('account_id', accountId)
      .whereNotIn('status', ENDED_STATUSES)
      .whereRaw("coalesce(engine_state->>'stackName', ? || name) = ?", [
        STACK_PREFIX,
        stackName,
      ])
      .first();
    return row && this.#read(row);
  }

  async partnersOf(
    environment: Parameters<EnvironmentStore['partnersOf']>[0],
  ): Promise<Environment[]> {
    const { id, owner, accountId } = environment;
    const rows = await this.#table()
      .where('account_id', accountId)
      .whereNot('id', id)
      .whereNotIn('status', ENDED_STATUSES)
      .whereRaw("parameters->>'partnerStack' = ?", [stackNameOf(environment)])
      .where(query => query.where({ owner }).orWhere('partner_id', id));
    return rows.map(this.#read);
  }

  async partnerIdOf(environmentId: string): Promise<string | undefined> {
    const row = await this.#table()
      .select('partner_id')
      .where('id', environmentId)
      .first();
    return row?.partner_id ?? undefined;
  }

  async undoOf(
    environmentId: string,
    tx: Knex.Transaction,
  ): Promise<Undo | undefined> {
    const row = await this.#table(tx)
      .select('undo')
      .where('id', environmentId)
      .first();
    return row?.undo ?? undefined;
  }

  #table(tx?: Knex.Transaction) {
    return (tx ?? this.#knex)<EnvironmentRow>(TABLES.environments);
  }

  #read = (row: EnvironmentRow): Environment => environmentOf(row, new Date());
}
