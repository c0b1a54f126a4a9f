import type {
  DestroyReceipt,
  OrphanScan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import { TABLES } from '../database/tables';
import type { ReceiptStore } from './types';

interface ReceiptRow {
  environment_id: string;
  destroyed_at: Date;
  body: DestroyReceipt;
}

export class DatabaseReceiptStore implements ReceiptStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseReceiptStore {
    return new DatabaseReceiptStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async keep(receipt: DestroyReceipt): Promise<void> {
    await this.#knex<ReceiptRow>(TABLES.destroyReceipts)
      .insert({
        environment_id: receipt.environmentId,
        destroyed_at: new Date(receipt.destroyedAt),
        body: receipt,
      })
      .onConflict('environment_id')
      .merge();
  }

  async find(environmentId: string): Promise<DestroyReceipt | undefined> {
    const row = await this.#knex<ReceiptRow>(TABLES.destroyReceipts)
      .where('environment_id', environmentId)
      .first();
    return row?.body;
  }

  async addScan(
    environmentId: string,
    scan: OrphanScan,
  ): Promise<DestroyReceipt | undefined> {
    return this.#knex.transaction(async tx => {
      const row = await tx<ReceiptRow>(TABLES.destroyReceipts)
        .where('environment_id', environmentId)
        .forUpdate()
        .first();
      if (!row) {
        return undefined;
      }
      const body = { ...row.body, scan };
      await tx<ReceiptRow>(TABLES.destroyReceipts)
        .where('environment_id', environmentId)
        .update({ body });
      return body;
    });
  }
}
