import type { Price } from '../engine/types';

/** A price that was not taken over, and why. */
export interface RefusedPrice {
  serviceCode: string;
  region: string;
  usageType: string;
  operation?: string;
  reason: string;
}

/** Prices as they were asked of AWS on one day. */
export interface StoredPriceList {
  askedAt: Date;
  prices: Price[];
  refused: RefusedPrice[];
}

/** Keeps the lists that were asked for. */
export interface PriceListStore {
  /** The newest; undefined where none was ever asked for. */
  newest(): Promise<StoredPriceList | undefined>;
  add(list: StoredPriceList): Promise<void>;
}

/** What AWS says of one price. */
export interface Answer {
  unit: string;
  /** Decimal text, of the first range that costs anything. */
  usd: string;
}

/** Asks AWS for prices. */
export interface PriceSource {
  /** Every product that AWS has under the names of a price; usually one. */
  ask(price: Price): Promise<Answer[]>;
}
