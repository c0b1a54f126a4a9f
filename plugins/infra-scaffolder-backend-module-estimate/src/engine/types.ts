import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import type { Exact } from './money';

/** What AWS asks for one unit of one thing, by AWS's own names. */
export interface Price {
  serviceCode: string;
  /** AWS's region code, or `global` for services that are in no region. */
  region: string;
  usageType: string;
  /** Set where AWS sells more than one thing under the usage type. */
  operation?: string;
  /** AWS's word for the unit, e.g. `Hrs`. */
  unit: string;
  /** Decimal text. */
  usd: string;
  /** Day on which it was known to be so, e.g. `2026-07-20`. */
  pricesOf: string;
  /** From general knowledge of AWS's price pages, not seen in a dated text. */
  unchecked?: boolean;
}

/** A price without what differs by region: the usage type without its prefix of the region. */
export interface PriceKey {
  service: string;
  usage: string;
  operation?: string;
  /** Another region than the plan's. */
  region?: string;
}

/** One thing that is paid for. */
export interface PricedPart {
  title: string;
  quantity: Exact;
  unit: string;
  unitPriceUsd: Exact;
  /** To the cent. */
  monthlyUsd: Exact;
}

/** What a resource comes to. */
export interface Quote {
  title: string;
  parts: PricedPart[];
  /** What of it costs money and could not be priced, and why. */
  missing: string[];
}

/** Prices resources of one type. @throws UnpriceableError */
export type Pricer = (
  resource: DescribedResource,
  scope: PricingScope,
) => Quote;

/** What a pricer works with. */
export interface PricingScope {
  readonly region: string;
  /** When the plan was made. */
  readonly at: Date;
  /** @throws UnpriceableError where the list has no such price. */
  part(
    title: string,
    key: PriceKey,
    quantity: Exact | number | string,
    options?: { times?: Exact | number | string; unit?: string },
  ): PricedPart;
  /** An assumed number; from then on the estimate names it. */
  assume(key: string): Exact;
  /** An assumed word, e.g. a node type. */
  assumeText(key: string): string;
  /** The resource of the same state that a `Ref`, a `Fn::GetAtt` or a name means. */
  referred(value: unknown, type: string): DescribedResource | undefined;
  /** All of the state, in the plan's order. */
  ofType(type: string): DescribedResource[];
}

/** A resource that costs money which cannot be told. */
export class UnpriceableError extends Error {
  name = 'UnpriceableError';
}
