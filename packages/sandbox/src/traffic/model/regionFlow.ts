import type { SystemRegionState, SystemState } from '../../world/types';
import {
  type ComponentSpec,
  LATENCY_BOUNDS,
  PAGE_BOUNDS,
  type SystemSpec,
} from '../systems/types';
import type { Deploy } from './calendar';
import type { Load } from './demand';
import type {
  ComponentFlow,
  PagesFlow,
  QueueFlow,
  RegionFlow,
  RegionMemory,
} from './flow';
import { cacheOf, hitRatioOf, missFactor } from './parts/cache';
import { callsOf } from './parts/calls';
import { compute, type PodsFlow } from './parts/compute';
import { type Asked, databaseOf, reachOf } from './parts/database';
import { meanSeconds, slownessOf, withinBounds } from './parts/latency';
import { queueOf } from './parts/queue';
import type { Trouble } from './trouble';

/** Calls a second by which health checkers ask a region that serves nobody. */
const PROBES = 1.6;
/** Calls a second to the API server of a cluster. */
const API_SERVER_CALLS = 18;
/** How much of a slow query is felt in an answer. */
const QUERY_WEIGHT = 0.35;
/** How much slower answers are for each query that the cache would usually spare. */
const MISS_WEIGHT = 0.12;

/** Everything that a region's flow depends on. */
export interface RegionInput {
  state: SystemState;
  /** Of the region; it is changed. */
  memory: RegionMemory;
  load: Load;
  /** Of the users who come here. */
  share: number;
  /** Of the users whose name servers know no address; they count where the system is at home. */
  lostUsers: number;
  trouble: Trouble;
  /** Also felt by other regions. */
  databaseIsDown: number;
  asked: Asked;
  /** By component, the latest last. */
  deploys: ReadonlyMap<string, readonly Deploy[]>;
  /** Noise in [-1, 1], one for each number. */
  noise: (what: number) => number;
  timeMs: number;
  seconds: number;
}

/** One step of one system in one region. */
export function regionFlow(
  spec: SystemSpec,
  of: SystemRegionState,
  at: RegionInput,
): RegionFlow {
  const { load, share, trouble, memory, seconds } = at;
  const offered = load.requests * share;
  const relative = load.relative * share;
  const isHome = of.region === at.state.homeRegion;
  const { nodes, pods, lost } = compute(
    spec,
    of,
    trouble.lostNodes,
    memory,
    { offered, share, relative, cpuFactor: name => trouble.of(name).cpu },
    seconds,
  );
  const noise = at.noise(isHome ? 1 : 2);
  const database = databaseOf(spec, of, trouble, at.asked, noise);
  const cache = cacheOf(spec, of, trouble, memory, offered, relative, seconds);
  const reach = reachOf(at.state, of.region, at.databaseIsDown);
  const hits = hitRatioOf(spec, of, trouble, memory);
  const misses = missFactor(spec, hits);
  const slowData =
    (1 + QUERY_WEIGHT * (slownessOf(database?.cpu ?? 0) - 1)) *
    (1 + MISS_WEIGHT * (misses - 1));
  const users = offered + load.requests * at.lostUsers;
  const lostShare = users > 0 ? 1 - offered / users : 0;
  const queue = queueOf(
    spec,
    of,
    trouble,
    memory,
    {
      // What fills Kafka comes from other systems, whoever serves the users.
      requests:
        spec.queue?.kind === 'kafka' ? Number(isHome) * load.requests : offered,
      canTake: consumersOf(spec, pods) * (1 - reach.writesFail),
    },
    seconds,
  );

  const components = spec.components.map((component, index): ComponentFlow => {
    const wrong = trouble.of(component.name);
    const slow = wrong.latency * slownessOf(pods[index].utilization) * slowData;
    const probes =
      index === 0 && users < 1 && !of.isDark && nodes.ready > 0 ? PROBES : 0;
    return {
      spec: component,
      ...podsOf(component, pods[index], at.noise(9)),
      ...deploysOf(at, component.name),
      calls:
        component.http &&
        callsOf(component.http, users * component.http.calls + probes, {
          timedOut: of.isDark ? 1 : lostShare,
          served: pods[index].served * (1 - lost),
          extraErrors: wrong.errors,
          readsFail: reach.readsFail * (1 - hits),
          writesFail: reach.writesFail,
          slower: slow * (1 + 0.05 * noise + usualStrain(isHome, relative)),
          readSeconds: reach.readSeconds * (1 - hits),
          writeSeconds: reach.writeSeconds,
          noise: 1 + 0.3 * at.noise(3 + index),
        }),
      jobs: jobsOf(spec, component, pods[index], queue, {
        requests: offered,
        errors: reach.writesFail,
        slow,
      }),
    };
  });

  const called = components.filter(({ calls }) => calls);
  const first = called[0]?.calls;
  const last = called[called.length - 1]?.calls;
  const written = last?.writes.succeeded ?? 0;
  const read = last?.reads.succeeded ?? 0;
  return {
    region: of.region,
    isDark: of.isDark,
    isPresent: of.nodes.maximum > 0 || of.database.role !== 'none',
    share,
    offered,
    users: of.isDark ? 0 : load.users * share,
    nodes,
    components,
    database,
    cache,
    queue,
    apiServer: {
      succeeded: API_SERVER_CALLS * (1 - spec.apiServerErrors),
      failed: API_SERVER_CALLS * spec.apiServerErrors,
    },
    pages: pagesOf(spec, first?.reads.succeeded ?? 0, components),
    uploadedBytes:
      spec.uploadBytesPerRequest &&
      offered * spec.uploadBytesPerRequest * shareOf(written, called),
    kpis: spec.kpis.map(({ perWrite = 0, perRead = 0, value = 0 }) => {
      const events = written * perWrite + read * perRead;
      return { events, value: events * value };
    }),
  };
}

/** Answers take a little longer at noon than at night. */
function usualStrain(isHome: boolean, relative: number): number {
  return isHome ? 0.03 * (Math.min(2, relative) - 1.3) : 0;
}

/** Share of what was written of what was tried. */
function shareOf(written: number, called: readonly ComponentFlow[]): number {
  const writes = called[called.length - 1]?.calls?.writes;
  const tried = writes
    ? Object.values(writes).reduce((sum: number, part: number) => sum + part, 0)
    : 0;
  return tried === 0 ? 0 : written / tried;
}

/** How much of what is to be done the queue's consumers can do, from 0 to 1. */
function consumersOf(spec: SystemSpec, pods: readonly PodsFlow[]): number {
  const index = spec.components.findIndex(
    ({ name }) => name === spec.queue?.consumer,
  );
  const { pods: now = 0, wanted = 1, served = 0 } = pods[index] ?? {};
  return wanted === 0 ? 0 : Math.min(1, now / wanted) * served;
}

function podsOf(component: ComponentSpec, pods: PodsFlow, noise: number) {
  return {
    pods: pods.pods,
    wantedPods: pods.wanted,
    minimumPods: pods.minimum,
    maximumPods: pods.maximum,
    scaledOut: pods.scaledOut,
    cpuCores: pods.cores + pods.pods * component.pods.cpu * 0.03,
    memory: pods.pods * component.pods.memory * (0.76 + 0.04 * noise),
  };
}

function deploysOf(
  { deploys, timeMs, seconds }: RegionInput,
  component: string,
): { lastDeploy?: Deploy; deploys: readonly Deploy[] } {
  const endOf = ({ at, durationSeconds }: Deploy) =>
    at + durationSeconds * 1000;
  const ended = (deploys.get(component) ?? []).filter(
    deploy => endOf(deploy) <= timeMs,
  );
  const now = ended.filter(
    deploy => endOf(deploy) > timeMs - Math.round(seconds * 1000),
  );
  return { lastDeploy: ended[ended.length - 1], deploys: now };
}

function jobsOf(
  spec: SystemSpec,
  component: ComponentSpec,
  pods: PodsFlow,
  queue: QueueFlow | undefined,
  now: { requests: number; errors: number; slow: number },
): ComponentFlow['jobs'] {
  const { jobs } = component;
  if (!jobs) {
    return undefined;
  }
  const done =
    spec.queue?.consumer === component.name
      ? ((queue?.taken ?? 0) / spec.queue.messagesPerRequest) * jobs.perRequest
      : now.requests * jobs.perRequest * pods.served;
  const failing = Math.min(1, jobs.errors + now.errors);
  return {
    succeeded: done * (1 - failing),
    failed: done * failing,
    seconds: jobs.seconds * now.slow,
  };
}

/** Pages wait for the slowest of the answers that they are made of. */
function pagesOf(
  { pageLoad }: SystemSpec,
  reads: number,
  components: readonly ComponentFlow[],
): PagesFlow | undefined {
  if (!pageLoad) {
    return undefined;
  }
  const slower = components.reduce((most, { calls, spec }) => {
    const usual = spec.http && meanSeconds(LATENCY_BOUNDS, spec.http.within);
    return calls && usual ? Math.max(most, calls.seconds / usual) : most;
  }, 1);
  const felt = 0.6 + 0.4 * slower;
  return {
    shown: reads * pageLoad.pagesPerRequest,
    within: withinBounds(PAGE_BOUNDS, pageLoad.within, felt),
    seconds: meanSeconds(PAGE_BOUNDS, pageLoad.within) * felt,
  };
}
