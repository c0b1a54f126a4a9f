import { Exact, sum, toCents } from '../engine/money';
import type { PriceBook } from '../engine/PriceBook';
import type { CostDocument } from './readDocuments';

type Line = CostDocument['lines'][number];

/** A line of a document by the price list. */
export interface ReckonedLine {
  line: Line;
  parts: Array<{ words: string; unitUsd: Exact; usd: Exact }>;
  usd: Exact;
  /** What the document says beyond it. */
  difference: Exact;
}

export function reckonLine(
  line: Line,
  region: string,
  book: PriceBook,
): ReckonedLine {
  const parts = line.parts.map(part => {
    const { service, usage, operation, quantity, percent = '100' } = part;
    const price = book.find({ service, usage, operation, region });
    const unitUsd = new Exact(price.usd).times(percent).div(100);
    return {
      words: part.words,
      unitUsd,
      usd: toCents(unitUsd.times(quantity)),
    };
  });
  const usd = sum(parts.map(part => part.usd));
  return { line, parts, usd, difference: new Exact(line.says).minus(usd) };
}

export function sumOf(amounts: string[]): Exact {
  return sum(amounts.map(amount => new Exact(amount)));
}

/** How much less, in percent. */
export function savedPercent(before: string, after: string): Exact {
  return new Exact(before).minus(after).div(before).times(100);
}
