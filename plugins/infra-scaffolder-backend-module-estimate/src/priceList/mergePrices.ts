import type { Price } from '../engine/types';

function nameOf({ serviceCode, region, usageType, operation }: Price): string {
  return [serviceCode, region, usageType, operation ?? ''].join('|');
}

/** The list that comes with the portal, with what was asked for since where that is newer. */
export function mergePrices(shipped: Price[], asked: Price[]): Price[] {
  const newer = new Map(asked.map(price => [nameOf(price), price]));
  return shipped.map(price => {
    const other = newer.get(nameOf(price));
    return other && other.pricesOf > price.pricesOf ? other : price;
  });
}
