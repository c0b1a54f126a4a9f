import Decimal from 'decimal.js';

/** Decimal arithmetic wide enough that no product of a price and a quantity is ever rounded by it. */
export const Exact = Decimal.clone({
  precision: 60,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -30,
  toExpPos: 30,
});

// The numbers have the name of what makes them.
// eslint-disable-next-line @typescript-eslint/no-redeclare
export type Exact = Decimal;

/** To the cent, halves away from zero. Amounts are never negative here. */
export function toCents(amount: Exact): Exact {
  return amount.toDecimalPlaces(2);
}

/** Decimal text with two places, e.g. `1235.70`. */
export function moneyText(amount: Exact): string {
  return amount.toFixed(2);
}

export function sum(amounts: Exact[]): Exact {
  return amounts.reduce((total, each) => total.plus(each), new Exact(0));
}
