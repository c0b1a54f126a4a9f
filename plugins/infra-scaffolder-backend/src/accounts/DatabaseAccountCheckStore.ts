import type {
  AccountCheck,
  RegionChecks,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import type { AccountCheckStore } from './types';

const TABLE = 'account_checks';

interface AccountCheckRow {
  account_id: string;
  region: string;
  checked_at: Date;
  body: { checks: AccountCheck[] };
}

export class DatabaseAccountCheckStore implements AccountCheckStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseAccountCheckStore {
    return new DatabaseAccountCheckStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list() {
    const rows = await this.#knex<AccountCheckRow>(TABLE).select();
    return rows.map(({ account_id, region, checked_at, body }) => ({
      accountId: account_id,
      region,
      checkedAt: checked_at.toISOString(),
      checks: body.checks,
    }));
  }

  async save(
    accountId: string,
    { region, checkedAt, checks }: Required<RegionChecks>,
  ): Promise<void> {
    await this.#knex<AccountCheckRow>(TABLE)
      .insert({
        account_id: accountId,
        region,
        checked_at: new Date(checkedAt),
        body: { checks },
      })
      .onConflict(['account_id', 'region'])
      .merge();
  }
}
