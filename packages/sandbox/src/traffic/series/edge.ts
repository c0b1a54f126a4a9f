import type { RegionFlow, SystemFlow } from '../model/flow';
import type { Family, Meter } from './types';

const CDN_REQUESTS: Family = {
  name: 'cloudfront_requests_total',
  type: 'counter',
  help: 'Requests to CloudFront by how they were answered, as its logs have it.',
};
const CDN_BYTES: Family = {
  name: 'cloudfront_bytes_total',
  type: 'counter',
  help: 'Bytes that CloudFront sent to users.',
};
const EVENTS: Family = {
  name: 'business_events_total',
  type: 'counter',
  help: 'What the business counts.',
};
const VALUE: Family = {
  name: 'business_value_dollars_total',
  type: 'counter',
  help: 'What it is worth, in dollars.',
};
const STORED: Family = {
  name: 'business_stored',
  type: 'gauge',
  help: 'How many things of a kind there are.',
};

/** What is measured around the systems, whatever happens to a region. */
export const EDGE_FAMILIES = [CDN_REQUESTS, CDN_BYTES, EVENTS, VALUE, STORED];

const START_OF_COUNT = Date.UTC(2026, 0, 1);
/** Records that stay, a second, for each request of a user. */
const STAYING_PER_REQUEST = 0.05;

export function cdnSeries(meter: Meter, { spec, cdn }: SystemFlow): void {
  if (cdn) {
    const labels = { system: spec.name, region: 'global' };
    meter.counter(CDN_REQUESTS, { ...labels, result: 'Hit' }, cdn.hits);
    meter.counter(CDN_REQUESTS, { ...labels, result: 'Miss' }, cdn.misses);
    meter.counter(CDN_REQUESTS, { ...labels, result: 'Error' }, cdn.errors);
    meter.counter(CDN_BYTES, labels, cdn.bytes);
  }
}

export function businessSeries(
  meter: Meter,
  { spec }: SystemFlow,
  flow: RegionFlow,
  timeMs: number,
): void {
  const isHome = flow.region === spec.homeRegion;
  spec.kpis.forEach(({ event, value, stored }, index) => {
    const labels = { system: spec.name, region: flow.region, event };
    if (stored === undefined) {
      meter.counter(EVENTS, labels, flow.kpis[index].events);
      if (value !== undefined) {
        meter.counter(VALUE, labels, flow.kpis[index].value);
      }
    } else if (isHome) {
      const seconds = (timeMs - START_OF_COUNT) / 1000;
      const added = seconds * spec.demand.requests * STAYING_PER_REQUEST;
      meter.gauge(STORED, labels, Math.round((stored + added) / 1000) * 1000);
    }
  });
}
