import type { SystemFlow } from '../model/flow';
import { EDGE } from '../vantages';
import { COMPUTE_FAMILIES, computeSeries } from './compute';
import { DATA_FAMILIES, dataSeries } from './data';
import { businessSeries, cdnSeries, EDGE_FAMILIES } from './edge';
import { HTTP_FAMILIES, httpSeries } from './http';
import type { Family, Meter } from './types';

/** All names that a system is measured by. */
export const FAMILIES: readonly Family[] = [
  ...HTTP_FAMILIES,
  ...EDGE_FAMILIES,
  ...COMPUTE_FAMILIES,
  ...DATA_FAMILIES,
];

/** The same series, none of which is measured now. */
function muted(meter: Meter): Meter {
  return {
    counter: (family, labels) => meter.counter(family, labels, undefined),
    gauge: (family, labels) => meter.gauge(family, labels, undefined),
    histogram: (family, labels, bounds) =>
      meter.histogram(family, labels, bounds, undefined),
  };
}

/**
 * Measures a system: what is seen in front of it, and what its regions tell of themselves, which a dark region does not
 * and a region in which it has nothing neither.
 */
export function measure(
  meterAt: (vantage: string) => Meter,
  system: SystemFlow,
  timeMs: number,
): void {
  const edge = meterAt(EDGE);
  cdnSeries(edge, system);
  for (const region of system.regions) {
    const front = region.isPresent ? edge : muted(edge);
    httpSeries(front, system.spec.name, region);
    businessSeries(front, system, region, timeMs);
    const meter = meterAt(region.region);
    const inside = region.isPresent && !region.isDark ? meter : muted(meter);
    computeSeries(inside, system, region);
    dataSeries(inside, system.spec, region);
  }
}
