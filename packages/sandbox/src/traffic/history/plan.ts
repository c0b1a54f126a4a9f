import { Traffic, type TrafficState } from '../Traffic';
import type { Segment } from './files';
import { COARSE_MS, stepsOf } from './steps';

const DAY_MS = 86_400_000;
/** Prometheus's blocks of the older past span as much, and a file is read once for each block. */
const SEGMENT_MS = 162 * 3_600_000;
/** What lies between the last value of one run and the first of the next; more than that is a gap. */
const NO_GAP_MS = 60_000;

/**
 * What has been since the traffic was seen last, or in so many days before now, in segments that each fit a block; and
 * the traffic as it is now. The latest days have a value each minute.
 */
export function planPast(
  last: TrafficState | undefined,
  nowMs: number,
  days: number,
  fineDays = 3,
): { segments: Segment[]; now: TrafficState } {
  const began =
    days === 0
      ? nowMs
      : Math.floor((nowMs - days * DAY_MS) / COARSE_MS) * COARSE_MS;
  const traffic = last
    ? // A clock that was put back has no past to fill; totals never fall.
      Traffic.from({
        ...last,
        at: Math.min(Math.max(last.at, began), nowMs),
      })
    : Traffic.startingAt(began);
  const fineFrom =
    Math.ceil((nowMs - fineDays * DAY_MS) / COARSE_MS) * COARSE_MS;
  const segments: Segment[] = [];
  const isGap = nowMs - traffic.at > NO_GAP_MS;
  while (traffic.at < nowMs) {
    const start = traffic.state;
    const until = Math.min(endOf(start.at, fineFrom), nowMs);
    const segment = { start, until, fineFrom };
    for (const { at } of stepsOfSegment(traffic, segment)) {
      traffic.step(at, { withIncidents: true });
    }
    if (isGap) {
      segments.push(segment);
    }
  }
  return { segments, now: traffic.state };
}

/** Where the segment of a moment ends: a block of the older past, a day of the recent. */
function endOf(atMs: number, fineFromMs: number): number {
  const next = (lengthMs: number) =>
    (Math.floor(atMs / lengthMs) + 1) * lengthMs;
  return atMs >= fineFromMs
    ? next(DAY_MS)
    : Math.min(next(SEGMENT_MS), fineFromMs);
}

/** The moments of a segment at which there are values. */
export function stepsOfSegment(traffic: Traffic, segment: Segment) {
  const { start, until, fineFrom } = segment;
  const incidents = traffic.models.flatMap(({ calendar }) =>
    calendar.incidents(start.at - DAY_MS, until + DAY_MS),
  );
  return stepsOf(start.at, until, fineFrom, incidents);
}
