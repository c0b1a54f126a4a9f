import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { Price } from '../engine/types';
import type { PriceListStore, RefusedPrice, StoredPriceList } from './types';

const TABLE = 'price_lists';

interface PriceListRow {
  id: string;
  asked_at: Date;
  prices: { items: Price[] };
  refused: { items: RefusedPrice[] };
}

/** Price lists in the plugin's database, beside its own tables and with a record of migrations of their own. */
export class DatabasePriceListStore implements PriceListStore {
  readonly #knex: Knex;

  static async create(
    database: DatabaseService,
  ): Promise<DatabasePriceListStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@slipway/plugin-infra-scaffolder-backend-module-estimate',
          'migrations',
        ),
        tableName: 'estimate_knex_migrations',
      });
    }
    return new DatabasePriceListStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async newest(): Promise<StoredPriceList | undefined> {
    const row = await this.#knex<PriceListRow>(TABLE)
      .orderBy('id', 'desc')
      .first();
    return (
      row && {
        askedAt: row.asked_at,
        prices: row.prices.items,
        refused: row.refused.items,
      }
    );
  }

  async add({ askedAt, prices, refused }: StoredPriceList): Promise<void> {
    await this.#knex<PriceListRow>(TABLE).insert({
      asked_at: askedAt,
      prices: { items: prices },
      refused: { items: refused },
    });
  }
}
