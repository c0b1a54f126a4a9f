import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import type { Assumptions } from './Assumptions';
import { Exact, toCents } from './money';
import type { PriceBook } from './PriceBook';
import type { PricedPart, PriceKey, PricingScope } from './types';
import { unitWords } from './units';
import { pointedAt, textOf } from './values';

/** Properties by which resources are called, for those that are referred to by name. */
const NAMES: Record<string, string> = {
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateName',
  'AWS::EKS::Cluster': 'Name',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
};

/** {@link PricingScope} over the resources of one state, before or after. */
export class StateScope implements PricingScope {
  readonly region: string;
  readonly at: Date;
  readonly #resources: DescribedResource[];
  readonly #book: PriceBook;
  readonly #assumptions: Assumptions;
  readonly #days: Set<string>;

  static create(options: {
    region: string;
    at: Date;
    resources: DescribedResource[];
    book: PriceBook;
    assumptions: Assumptions;
    /** Gathers the days of the prices that were used. */
    days: Set<string>;
  }): StateScope {
    return new StateScope(options);
  }

  private constructor(options: Parameters<typeof StateScope.create>[0]) {
    this.region = options.region;
    this.at = options.at;
    this.#resources = options.resources;
    this.#book = options.book;
    this.#assumptions = options.assumptions;
    this.#days = options.days;
  }

  part(
    title: string,
    key: PriceKey,
    quantity: Exact | number | string,
    options: { times?: Exact | number | string; unit?: string } = {},
  ): PricedPart {
    const price = this.#book.find({ region: this.region, ...key });
    this.#days.add(price.pricesOf);
    const amount = new Exact(quantity);
    const unitPriceUsd = new Exact(price.usd).times(options.times ?? 1);
    return {
      title,
      quantity: amount,
      unit: options.unit ?? unitWords(price.unit),
      unitPriceUsd,
      monthlyUsd: toCents(amount.times(unitPriceUsd)),
    };
  }

  assume(key: string): Exact {
    return this.#assumptions.number(key);
  }

  assumeText(key: string): string {
    return this.#assumptions.text(key);
  }

  referred(value: unknown, type: string): DescribedResource | undefined {
    const candidates = this.ofType(type);
    const id = pointedAt(value);
    if (id) {
      return candidates.find(({ logicalId }) => logicalId === id);
    }
    const name = NAMES[type];
    return typeof value === 'string' && name
      ? candidates.find(({ properties }) => textOf(properties[name]) === value)
      : undefined;
  }

  ofType(type: string): DescribedResource[] {
    return this.#resources.filter(resource => resource.type === type);
  }
}
