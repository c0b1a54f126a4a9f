import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Price } from './engine/types';
import { mergePrices } from './priceList/mergePrices';
import { refreshPrices } from './priceList/refreshPrices';
import type { PriceListStore, PriceSource } from './priceList/types';

/** Brings the price list up to date. */
export class PriceRefresher {
  readonly #shipped: Price[];
  readonly #lists: PriceListStore;
  readonly #source: () => Promise<PriceSource>;
  readonly #logger: LoggerService;

  static create(options: {
    shipped: Price[];
    lists: PriceListStore;
    source: () => Promise<PriceSource>;
    logger: LoggerService;
  }): PriceRefresher {
    return new PriceRefresher(options);
  }

  private constructor(options: Parameters<typeof PriceRefresher.create>[0]) {
    this.#shipped = options.shipped;
    this.#lists = options.lists;
    this.#source = options.source;
    this.#logger = options.logger;
  }

  async run(at: Date, signal?: AbortSignal): Promise<void> {
    const known = mergePrices(
      this.#shipped,
      (await this.#lists.newest())?.prices ?? [],
    );
    const list = await refreshPrices(known, await this.#source(), {
      at,
      signal,
    });
    await this.#lists.add(list);
    for (const { serviceCode, region, usageType, reason } of list.refused) {
      this.#logger.warn(
        `The price of ${serviceCode} ${usageType} in ${region} stays as it was. ${reason}`,
      );
    }
    const { length } = list.refused;
    this.#logger.info(
      `${
        list.prices.length - length
      } prices are of today, ${length} stay as they were.`,
    );
  }
}
