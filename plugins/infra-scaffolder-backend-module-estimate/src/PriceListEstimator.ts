import type { CostEstimate } from '@slipway/plugin-infra-scaffolder-common';
import type {
  CostEstimator,
  PlanToReview,
} from '@slipway/plugin-infra-scaffolder-node';
import { readFreeTypes } from './data/knowledge';
import type { Assumption } from './engine/Assumptions';
import { estimate } from './engine/estimate';
import { PriceBook } from './engine/PriceBook';
import type { Price } from './engine/types';
import { mergePrices } from './priceList/mergePrices';
import type { PriceListStore } from './priceList/types';
import { pricers } from './pricers';

/** Prices plans by the newest list there is. */
export class PriceListEstimator implements CostEstimator {
  readonly #shipped: Price[];
  readonly #assumptions: Record<string, Assumption>;
  readonly #lists: PriceListStore;
  readonly #freeTypes = readFreeTypes();

  static create(options: {
    /** The list that comes with the portal. */
    shipped: Price[];
    assumptions: Record<string, Assumption>;
    lists: PriceListStore;
  }): PriceListEstimator {
    return new PriceListEstimator(options);
  }

  private constructor(
    options: Parameters<typeof PriceListEstimator.create>[0],
  ) {
    this.#shipped = options.shipped;
    this.#assumptions = options.assumptions;
    this.#lists = options.lists;
  }

  async estimate(plan: PlanToReview): Promise<CostEstimate> {
    const asked = await this.#lists.newest();
    return estimate(
      plan.resources,
      { region: plan.environment.region, at: plan.at },
      {
        book: PriceBook.of(mergePrices(this.#shipped, asked?.prices ?? [])),
        assumptions: this.#assumptions,
        freeTypes: this.#freeTypes,
        pricers,
      },
    );
  }
}
