import { UnpriceableError, type Price, type PriceKey } from './types';

const GLOBAL = 'global';

/**
 * How AWS marks usage types with their region. Source: AWS Billing, "Understanding your billing and usage reports": usage
 * types of US East (N. Virginia) mostly carry no mark.
 */
const MARKS: Record<string, string[]> = {
  'us-east-1': ['USE1-', 'us-east-1-'],
  'us-west-2': ['USW2-', 'us-west-2-'],
};

function keyOf(region: string, service: string, usage: string): string {
  return `${region}|${service}|${usage}`;
}

function withoutMark({ usageType, region }: Price): string {
  const mark = MARKS[region]?.find(each => usageType.startsWith(each));
  return mark ? usageType.slice(mark.length) : usageType;
}

/** Prices by what they are for. */
export class PriceBook {
  readonly #prices = new Map<string, Price[]>();
  readonly #regions = new Set<string>();

  static of(prices: Price[]): PriceBook {
    return new PriceBook(prices);
  }

  private constructor(prices: Price[]) {
    for (const price of prices) {
      const key = keyOf(price.region, price.serviceCode, withoutMark(price));
      this.#prices.set(key, [...(this.#prices.get(key) ?? []), price]);
      this.#regions.add(price.region);
    }
  }

  /** @throws UnpriceableError that names what is missing. */
  find({ service, usage, operation, region = GLOBAL }: PriceKey): Price {
    const found = [region, GLOBAL]
      .flatMap(place => this.#prices.get(keyOf(place, service, usage)) ?? [])
      .filter(
        price =>
          !price.operation || !operation || price.operation === operation,
      );
    if (found.length > 1) {
      throw new UnpriceableError(
        `The price list has ${found.length} prices of ${service} ${usage} in ${region}.`,
      );
    }
    if (found.length === 0) {
      throw new UnpriceableError(
        this.#regions.has(region)
          ? `The price list has no ${service} ${usage} in ${region}.`
          : `The price list has no prices of region ${region}.`,
      );
    }
    return found[0];
  }

  /** The oldest day on which any of its prices was known; undefined where it is empty. */
  get oldest(): string | undefined {
    return [...this.#prices.values()]
      .flat()
      .map(({ pricesOf }) => pricesOf)
      .sort()[0];
  }
}
