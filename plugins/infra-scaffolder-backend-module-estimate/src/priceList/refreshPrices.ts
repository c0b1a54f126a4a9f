import type { Price } from '../engine/types';
import { judge } from './judge';
import type { PriceSource, RefusedPrice, StoredPriceList } from './types';

/**
 * Asks for each price of a list, one after the other: AWS allows few requests a second. What cannot be answered or is
 * absurd stays as it is known. Nothing is answered at all: the error of the first question is thrown.
 */
export async function refreshPrices(
  known: Price[],
  source: PriceSource,
  { at, signal }: { at: Date; signal?: AbortSignal },
): Promise<StoredPriceList> {
  const day = at.toISOString().slice(0, 10);
  const prices: Price[] = [];
  const refused: RefusedPrice[] = [];
  let failure: unknown;
  let failed = 0;
  for (const price of known) {
    signal?.throwIfAborted();
    const { serviceCode, region, usageType, operation } = price;
    const keep = (reason: string) => {
      prices.push(price);
      refused.push({
        serviceCode,
        region,
        usageType,
        ...(operation && { operation }),
        reason,
      });
    };
    try {
      const verdict = judge(price, await source.ask(price), day);
      if ('price' in verdict) {
        prices.push(verdict.price);
      } else {
        keep(verdict.reason);
      }
    } catch (error) {
      failure ??= error;
      failed += 1;
      keep(
        `AWS did not answer: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
  if (failed > 0 && failed === known.length) {
    throw failure;
  }
  return { askedAt: at, prices, refused };
}
