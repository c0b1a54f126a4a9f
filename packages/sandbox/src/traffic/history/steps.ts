import type { Incident } from '../model/calendar';

/** Between values of the older past, and of what is recent or went wrong. */
export const COARSE_MS = 300_000;
export const FINE_MS = 60_000;
/** Around an incident there are values each minute. */
const AROUND_MS = 30 * 60_000;

/** Moments at which the past has values, to its end; `isCoarse` when all series have one. */
export function* stepsOf(
  fromMs: number,
  untilMs: number,
  fineFromMs: number,
  incidents: readonly Incident[],
): Generator<{ at: number; systems: ReadonlySet<string> | 'all' }> {
  const troubled = (at: number) =>
    incidents.filter(
      ({ startsAt, endsAt }) =>
        at > startsAt - AROUND_MS && at < endsAt + AROUND_MS,
    );
  let at = fromMs;
  while (at < untilMs) {
    at = Math.min(untilMs, (Math.floor(at / FINE_MS) + 1) * FINE_MS);
    if (at === untilMs || at % COARSE_MS === 0 || at >= fineFromMs) {
      yield { at, systems: 'all' };
    } else {
      const now = troubled(at);
      if (now.length > 0) {
        yield { at, systems: new Set(now.map(({ system }) => system)) };
      }
    }
  }
}
