import { NotFoundError } from '@backstage/errors';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  ENVIRONMENT_NAME_PATTERN,
  type Environment,
  type EnvironmentQuery,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentPermissionQuery } from '@slipway/plugin-infra-scaffolder-node';
import type { Knex } from 'knex';
import { STACK_PREFIX } from '../services/stackName';
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
        monthlyUsd: this.#knex.raw(
          'greatest(monthly_estimate_usd, confirmed_estimate_usd)',
        ),
      })
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
        ...patchColumns({ end: environment.end }),
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
    stackName: string,
    accountId: string,
  ): Promise<Environment[]> {
    const rows = await this.#table()
      .where('account_id', accountId)
      .whereNotIn('status', ENDED_STATUSES)
      .whereRaw("parameters->>'partnerStack' = ?", [stackName]);
    return rows.map(this.#read);
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
