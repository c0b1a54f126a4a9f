import { Exact } from '../engine/money';
import type { Price } from '../engine/types';
import type { Answer } from './types';

/** No price of AWS has ever moved so far at once; an answer that says so is about something else. */
const MOST_TIMES = 3;

/** Whether an answer takes the place of what is known. @returns the new price, or why the old one stays. */
export function judge(
  known: Price,
  answers: Answer[],
  day: string,
): { price: Price } | { reason: string } {
  const different = new Set(answers.map(({ unit, usd }) => `${usd} ${unit}`));
  if (different.size === 0) {
    return { reason: 'AWS has no such product.' };
  }
  if (different.size > 1) {
    return {
      reason: `AWS has ${different.size} prices of it: ${[...different].join(
        ', ',
      )}.`,
    };
  }
  const { unit, usd } = answers[0];
  if (unit.toLowerCase() !== known.unit.toLowerCase()) {
    return { reason: `AWS counts it in ${unit}, the list in ${known.unit}.` };
  }
  const times = new Exact(usd).div(known.usd);
  if (times.gt(MOST_TIMES) || times.lt(new Exact(1).div(MOST_TIMES))) {
    return {
      reason: `AWS says $${usd}, which is ${times.toSignificantDigits(
        3,
      )} times the $${known.usd} of ${known.pricesOf}.`,
    };
  }
  const { unchecked: _, ...rest } = known;
  return { price: { ...rest, usd, pricesOf: day } };
}
