import {
  paginateGetProducts,
  type PricingClient,
} from '@aws-sdk/client-pricing';
import { z } from 'zod';
import { Exact } from '../engine/money';
import type { Price } from '../engine/types';
import type { Answer, PriceSource } from './types';

const PAGE_SIZE = 100;
const GLOBAL = 'global';

/** A product as AWS Price List has it, one JSON text in the list; what is not named here is not looked at. */
const productSchema = z.object({
  terms: z.object({
    OnDemand: z
      .record(
        z.string(),
        z.object({
          priceDimensions: z.record(
            z.string(),
            z.object({
              unit: z.string(),
              beginRange: z.string().optional(),
              pricePerUnit: z.object({ USD: z.string().optional() }),
            }),
          ),
        }),
      )
      .optional(),
  }),
});

/**
 * The first range that costs anything: what AWS gives for nothing, and its discounts for much, are an account's and not
 * an environment's.
 */
function answersOf(product: string): Answer[] {
  const { OnDemand = {} } = productSchema.parse(JSON.parse(product)).terms;
  return Object.values(OnDemand).flatMap(({ priceDimensions }) => {
    const [first] = Object.values(priceDimensions)
      .flatMap(({ unit, beginRange = '0', pricePerUnit: { USD: usd } }) =>
        usd && new Exact(usd).gt(0)
          ? [{ unit, usd: new Exact(usd).toFixed(), from: Number(beginRange) }]
          : [],
      )
      .sort((a, b) => a.from - b.from);
    return first ? [{ unit: first.unit, usd: first.usd }] : [];
  });
}

/** Asks AWS Price List, page by page, for exactly one usage type of one region. */
export class AwsPriceSource implements PriceSource {
  readonly #client: PricingClient;

  static create(client: PricingClient): AwsPriceSource {
    return new AwsPriceSource(client);
  }

  private constructor(client: PricingClient) {
    this.#client = client;
  }

  async ask(price: Price): Promise<Answer[]> {
    const { serviceCode, region, usageType, operation } = price;
    const terms = {
      usagetype: usageType,
      ...(operation && { operation }),
      ...(region !== GLOBAL && { regionCode: region }),
    };
    const pages = paginateGetProducts(
      { client: this.#client, pageSize: PAGE_SIZE },
      {
        ServiceCode: serviceCode,
        FormatVersion: 'aws_v1',
        Filters: Object.entries(terms).map(([Field, Value]) => ({
          Type: 'TERM_MATCH',
          Field,
          Value,
        })),
      },
    );
    const answers: Answer[] = [];
    for await (const { PriceList = [] } of pages) {
      for (const product of PriceList) {
        answers.push(...answersOf(String(product)));
      }
    }
    return answers;
  }
}
