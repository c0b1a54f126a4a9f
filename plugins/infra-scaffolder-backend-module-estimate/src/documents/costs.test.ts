import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readPrices } from '../data/knowledge';
import { PriceBook } from '../engine/PriceBook';
import { costsMarkdown } from './costsMarkdown';
import { readDocuments } from './readDocuments';
import { reckonLine, savedPercent, sumOf } from './reckon';

const FILE = path.resolve(__dirname, '../../../../docs/costs.md');
const BOOK = PriceBook.of(readPrices());

const lines = readDocuments().flatMap(({ id, region, lines: all }) =>
  all.map(line => ({ id, title: line.title, line, region })),
);
const sums = readDocuments().flatMap(document => document.sums);
const percents = readDocuments().flatMap(document => document.percents);

describe('the documents’ tables', () => {
  it.each(lines)(
    '$id: $title is reproduced to the cent, or why not is said',
    ({ line, region }) => {
      const { difference } = reckonLine(line, region, BOOK);
      expect({ isReproduced: difference.isZero() }).toEqual({
        isReproduced: line.why === undefined,
      });
    },
  );

  it.each(sums)('$title is the sum of its parts', ({ says, of }) => {
    expect(sumOf(of).toFixed(2)).toBe(says);
  });

  it.each(percents)(
    '$title saved is what it is, or why not is said',
    ({ says, before, after, why }) => {
      const isRight = savedPercent(before, after).toFixed(0) === says;
      expect(isRight).toBe(why === undefined);
    },
  );

  it('stand in docs/costs.md as they are reckoned', () => {
    const text = costsMarkdown(readDocuments(), BOOK);
    if (process.env.SLIPWAY_WRITE === '1') {
      writeFileSync(FILE, text);
    }
    expect(existsSync(FILE) ? readFileSync(FILE, 'utf8') : '').toBe(text);
  });
});
