import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { calmWorld } from '../../world/calmWorld';
import type { SystemState, WorldState, WorldView } from '../../world/types';
import { readState } from '../history/files';
import { Traffic, type TrafficState } from '../Traffic';
import { LiveTraffic } from './LiveTraffic';

const START = Date.UTC(2026, 5, 3, 18);
const SYSTEM = 'cloud-native';

/** A world and a clock that a test moves. */
class World implements WorldView {
  now = START;
  readonly #listeners = new Set<(state: WorldState) => void>();
  #state = calmWorld(new Date(START));

  current(): WorldState {
    return this.#state;
  }

  subscribe(listener: (state: WorldState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  change(apply: (system: SystemState, world: WorldState) => void): void {
    const next = structuredClone(this.#state);
    apply(next.systems[SYSTEM], next);
    this.#state = next;
    this.#listeners.forEach(listener => listener(next));
  }

  darken(region: string): void {
    this.change((_, world) => {
      world.regions[region].isDark = true;
      for (const { regions } of Object.values(world.systems)) {
        const state = regions[region];
        if (state) {
          state.isDark = true;
          state.nodes.ready = 0;
          state.database.isAvailable = false;
          state.cache.isAvailable = false;
        }
      }
    });
  }
}

type Totals = Map<string, number>;

describe('live traffic', () => {
  let dir: string;
  let world: World;
  let traffic: LiveTraffic;

  const startFrom = (state: TrafficState) =>
    new LiveTraffic(state, {
      stateFile: path.join(dir, 'state.json'),
      world: () => world,
      now: () => world.now,
    });

  beforeEach(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-traffic-'));
    world = new World();
    traffic = startFrom(Traffic.startingAt(START).state);
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** Scrapes as Prometheus does, every 5 s for so many seconds; the totals at their end. */
  function totalsAfter(seconds: number): Totals {
    const totals: Totals = new Map();
    for (let second = 0; second < seconds; second += 5) {
      world.now += 5_000;
      for (const vantage of traffic.vantages) {
        if (!traffic.isDark(vantage)) {
          read(traffic.expose(vantage), totals);
        }
      }
    }
    return totals;
  }

  function read(text: string, totals: Totals): void {
    for (const line of text.split('\n')) {
      const [series, value] = line.split(' ');
      if (line && !line.startsWith('#')) {
        totals.set(series, Number(value));
      }
    }
  }

  /** What has been added to all series that have these parts in their text. */
  function added(before: Totals, after: Totals, ...parts: string[]): number {
    return [...after]
      .filter(([series]) => parts.every(part => series.includes(part)))
      .reduce(
        (sum, [series, value]) => sum + value - (before.get(series) ?? 0),
        0,
      );
  }

  /** Share of the calls to the API that failed, in a region or in all. */
  function failing(seconds: number, ...parts: string[]): number {
    const before = totalsAfter(5);
    const after = totalsAfter(seconds);
    const api = ['http_requests_total', 'component="cloud-native-api"'];
    return (
      added(before, after, ...api, 'code="5', ...parts) /
      added(before, after, ...api, ...parts)
    );
  }

  it('tells a total of every kind that never falls, and goes on after a kill', () => {
    const first = totalsAfter(30);
    const killed = readState<TrafficState>(path.join(dir, 'state.json'))!;
    traffic = startFrom(killed);
    const second = totalsAfter(30);
    const gauges = new Set(
      Traffic.from(killed)
        .ledger.series.filter(({ family }) => family.type === 'gauge')
        .map(({ text }) => text),
    );
    const fallen = [...second].filter(
      ([series, value]) =>
        !gauges.has(series) && value < (first.get(series) ?? 0),
    );
    expect(fallen).toEqual([]);
    expect(added(first, second, 'http_requests_total')).toBeGreaterThan(10_000);
  });

  it('fails at once in a region that goes dark, which tells nothing more of itself', () => {
    expect(failing(30)).toBeLessThan(0.002);
    world.darken('us-east-1');
    expect(failing(30, 'region="us-east-1"')).toBe(1);
    expect(traffic.isDark('us-east-1')).toBe(true);
    expect(traffic.expose('edge')).toMatch(
      /http_requests_total\{.*cloud-native-api.*us-east-1.*code="504"\} [1-9]/,
    );
  });

  it('follows DNS within its TTL, and heals when the standby has nodes and a writer', () => {
    world.darken('us-east-1');
    world.change(({ dns }) => {
      dns[0].shares = { 'us-west-2': 1 };
      dns[0].ttlSeconds = 60;
    });
    const before = totalsAfter(5);
    const after = totalsAfter(55);
    const asked = (region: string) =>
      added(
        before,
        after,
        'http_requests_total',
        'component="cloud-native-api"',
        region,
      );
    // On average over the TTL half of the users have moved.
    expect(asked('us-west-2') / asked('us-east-1')).toBeCloseTo(1, 0);
    totalsAfter(60);
    expect(failing(30, 'method="POST"')).toBe(1);
    const reads = failing(30, 'method="GET"');
    expect(reads).toBeGreaterThan(0.2);
    expect(reads).toBeLessThan(0.9);

    world.change(({ regions }) => {
      regions['us-west-2'].nodes = {
        ...regions['us-west-2'].nodes,
        desired: 5,
        ready: 5,
        vcpus: 10,
      };
    });
    totalsAfter(120);
    expect(failing(30, 'method="GET"')).toBeLessThan(0.002);
    expect(failing(30, 'method="POST"')).toBe(1);

    world.change(({ regions }) => {
      regions['us-west-2'].database.role = 'writer';
    });
    totalsAfter(5);
    expect(failing(30)).toBeLessThan(0.002);
  });

  it('loses a third of its capacity with a zone, and little more than the calls of some seconds', () => {
    totalsAfter(60);
    const nodes = () =>
      Number(
        traffic
          .expose('us-east-1')
          .match(
            /kube_node_status_condition\{.*cloud-native.*1a.*\} (\d+)/,
          )![1],
      );
    const busy = () => {
      const before = totalsAfter(5);
      const after = totalsAfter(60);
      const cpu = (mode: string) =>
        added(
          before,
          after,
          'node_cpu_seconds_total{system="cloud-native"',
          'us-east-1',
          mode,
        );
      return 1 - cpu('idle') / cpu('');
    };
    const usual = busy();
    expect(nodes()).toBe(2);
    world.change(({ regions }) => {
      const home = regions['us-east-1'];
      home.darkZones = ['us-east-1a'];
      home.nodes.ready = 3;
      home.nodes.vcpus = 6;
      home.nodes.readyByZone = { 'us-east-1b': 2, 'us-east-1c': 1 };
    });
    const lost = failing(25, 'region="us-east-1"');
    expect(lost).toBeGreaterThan(0.03);
    expect(lost).toBeLessThan(0.5);
    expect(nodes()).toBe(0);
    totalsAfter(120);
    expect(busy()).toBeGreaterThan(usual * 1.4);
  });

  it('asks the database for more while there is no cache', () => {
    const queries = () => {
      const before = totalsAfter(5);
      const after = totalsAfter(60);
      return added(
        before,
        after,
        'pg_stat_statements_calls_total{system="cloud-native"',
        'us-east-1',
      );
    };
    const usual = queries();
    world.change(({ regions }) => {
      regions['us-east-1'].cache.isAvailable = false;
    });
    expect(queries()).toBeGreaterThan(usual * 2);
    expect(traffic.expose('us-east-1')).toContain(
      'redis_up{system="cloud-native",region="us-east-1"} 0',
    );
  });
});
