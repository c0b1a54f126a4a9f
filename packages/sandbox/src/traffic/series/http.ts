import { LATENCY_BOUNDS, PAGE_BOUNDS } from '../systems/types';
import type { ComponentFlow, Outcomes, RegionFlow } from '../model/flow';
import type { Family, Labels, Meter } from './types';

const REQUESTS: Family = {
  name: 'http_requests_total',
  type: 'counter',
  help: 'Calls to a component, as its callers saw them; 504 is a call that got no answer.',
};
const DURATION: Family = {
  name: 'http_request_duration_seconds',
  type: 'histogram',
  help: 'How long the callers of a component waited.',
};
const PAGES: Family = {
  name: 'browser_page_load_seconds',
  type: 'histogram',
  help: 'How long browsers took to show a page.',
};
const UPLOADED: Family = {
  name: 'http_upload_bytes_total',
  type: 'counter',
  help: 'Bytes of the files that users sent and that were kept.',
};
const SESSIONS: Family = {
  name: 'active_sessions',
  type: 'gauge',
  help: 'Users at work.',
};

/** What is measured in front of a system in a region, and therefore also while the region is dark. */
export const HTTP_FAMILIES = [REQUESTS, DURATION, PAGES, UPLOADED, SESSIONS];

function methodSeries(
  meter: Meter,
  labels: Labels,
  method: 'GET' | 'POST',
  of: Outcomes,
): void {
  const [done, refused] = method === 'GET' ? ['200', '404'] : ['201', '422'];
  const add = (code: string, perSecond: number) =>
    meter.counter(REQUESTS, { ...labels, method, code }, perSecond);
  add(done, of.succeeded);
  add(refused, of.refused);
  add('500', of.failed);
  add('503', of.unavailable);
  add('504', of.timedOut);
}

function callSeries(
  meter: Meter,
  labels: Labels,
  { spec, calls }: ComponentFlow,
): void {
  if (!spec.http || !calls) {
    return;
  }
  methodSeries(meter, labels, 'GET', calls.reads);
  if (spec.http.writes > 0) {
    methodSeries(meter, labels, 'POST', calls.writes);
  }
  const perSecond = [calls.reads, calls.writes]
    .flatMap(outcomes => Object.values(outcomes) as number[])
    .reduce((sum, part) => sum + part, 0);
  meter.histogram(DURATION, labels, LATENCY_BOUNDS, {
    perSecond,
    within: calls.within,
    average: calls.seconds,
  });
}

export function httpSeries(
  meter: Meter,
  system: string,
  flow: RegionFlow,
): void {
  const labels = { system, region: flow.region };
  for (const component of flow.components) {
    callSeries(
      meter,
      { system, component: component.spec.name, region: flow.region },
      component,
    );
  }
  if (flow.pages) {
    meter.histogram(PAGES, labels, PAGE_BOUNDS, {
      perSecond: flow.pages.shown,
      within: flow.pages.within,
      average: flow.pages.seconds,
    });
  }
  if (flow.uploadedBytes !== undefined) {
    meter.counter(UPLOADED, labels, flow.uploadedBytes);
  }
  meter.gauge(SESSIONS, labels, Math.round(flow.users));
}
