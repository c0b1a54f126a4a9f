import { LATENCY_BOUNDS, type HttpSpec } from '../../systems/types';
import type { CallsFlow, Outcomes } from '../flow';
import { meanSeconds, withinBounds } from './latency';

/** How long a caller waits for an answer that never comes. */
const TIME_OUT_SECONDS = 30;
/** Part of a component's own failures that it knows of, and answers with 500; the rest is 503. */
const KNOWN = 0.85;

/** Under which conditions calls are answered. Shares are of 0 to 1. */
export interface Conditions {
  /** Share of calls to which no answer comes at all. */
  timedOut: number;
  /** Share of calls that the component can take. */
  served: number;
  /** Share of calls that fail beside the usual. */
  extraErrors: number;
  /** Share of reads and of writes that fail because the data cannot be reached. */
  readsFail: number;
  writesFail: number;
  /** Answers take so many times as long as usual. */
  slower: number;
  /** Seconds that a read and a write take longer. */
  readSeconds: number;
  writeSeconds: number;
  /** Usual errors, times as many. */
  noise: number;
}

const NOTHING: Outcomes = {
  succeeded: 0,
  refused: 0,
  failed: 0,
  unavailable: 0,
  timedOut: 0,
};

function outcomes(
  calls: number,
  spec: HttpSpec,
  on: Conditions,
  dataFail: number,
): Outcomes {
  if (calls === 0) {
    return NOTHING;
  }
  const reached = calls * (1 - on.timedOut);
  const taken = reached * on.served;
  const withData = taken * (1 - dataFail);
  const errors = Math.min(1, spec.serverErrors * on.noise + on.extraErrors);
  const failing = withData * errors;
  const refused = (withData - failing) * spec.clientErrors;
  return {
    succeeded: withData - failing - refused,
    refused,
    failed: failing * KNOWN,
    unavailable: reached - withData + failing * (1 - KNOWN),
    timedOut: calls - reached,
  };
}

function sumOf(of: Outcomes): number {
  return of.succeeded + of.refused + of.failed + of.unavailable + of.timedOut;
}

/** What comes of the calls to a component, as its callers see it. */
export function callsOf(
  spec: HttpSpec,
  calls: number,
  on: Conditions,
): CallsFlow {
  const writing = calls * spec.writes;
  const reads = outcomes(calls - writing, spec, on, on.readsFail);
  const writes = outcomes(writing, spec, on, on.writesFail);
  const all = sumOf(reads) + sumOf(writes);
  const timedOut = all === 0 ? 0 : (reads.timedOut + writes.timedOut) / all;
  const mean = meanSeconds(LATENCY_BOUNDS, spec.within);
  const added =
    on.readSeconds * (1 - spec.writes) + on.writeSeconds * spec.writes;
  const slower = on.slower * (1 + added / mean);
  return {
    reads,
    writes,
    within: withinBounds(LATENCY_BOUNDS, spec.within, slower).map(
      share => share * (1 - timedOut),
    ),
    seconds: mean * slower * (1 - timedOut) + TIME_OUT_SECONDS * timedOut,
  };
}
