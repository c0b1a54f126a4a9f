import fc from 'fast-check';
import type { SystemState } from '../../world/types';
import { TRAFFIC } from '../systems';
import { LATENCY_BOUNDS } from '../systems/types';
import { Calendar } from './calendar';
import type { CallsFlow, RegionFlow } from './flow';
import { withinBounds } from './parts/latency';
import { SystemModel } from './SystemModel';

const DAY_MS = 86_400_000;
const SEED = 1;
const MONDAY = Date.UTC(2026, 5, 1);

const systems = fc.constantFrom(...TRAFFIC);
const times = fc.integer({
  min: Date.UTC(2025, 0, 1),
  max: Date.UTC(2030, 0, 1),
});

function calmHours(model: SystemModel, count: number): number[] {
  const hours: number[] = [];
  for (let at = MONDAY; hours.length < count; at += 3_600_000) {
    if (model.calendar.incidents(at - DAY_MS, at + DAY_MS).length === 0) {
      hours.push(at);
    }
  }
  return hours;
}

/** Average over a calm week, weighted by calls as a query over a histogram is. */
function calmCalls(
  model: SystemModel,
  component: string,
): { within: number[]; errors: number } {
  const within = LATENCY_BOUNDS.map(() => 0);
  let calls = 0;
  let errors = 0;
  const memory = model.atRest();
  for (const at of calmHours(model, 168)) {
    const flow = model.step(model.calm, memory, at, 3600, true);
    const found = homeOf(flow.regions).components.find(
      ({ spec }) => spec.name === component,
    )!.calls!;
    const all = sumOf(found);
    found.within.forEach((share, index) => {
      within[index] += share * all;
    });
    calls += all;
    errors += failedOf(found);
  }
  return { within: within.map(sum => sum / calls), errors: errors / calls };
}

function homeOf(regions: readonly RegionFlow[]): RegionFlow {
  return regions.find(({ region }) => region === 'us-east-1')!;
}

function sumOf({ reads, writes }: CallsFlow): number {
  return [...Object.values(reads), ...Object.values(writes)].reduce(
    (sum: number, part: number) => sum + part,
    0,
  );
}

function failedOf({ reads, writes }: CallsFlow): number {
  return [reads, writes].reduce(
    (sum, of) => sum + of.failed + of.unavailable + of.timedOut,
    0,
  );
}

/** As `histogram_quantile` has it. */
function quantile(q: number, within: readonly number[]): number {
  const index = within.findIndex(share => share >= q);
  const below = index === 0 ? 0 : within[index - 1];
  const from = index === 0 ? 0 : LATENCY_BOUNDS[index - 1];
  return (
    from +
    ((LATENCY_BOUNDS[index] - from) * (q - below)) / (within[index] - below)
  );
}

function modelOf(name: string): SystemModel {
  return new SystemModel(TRAFFIC.find(spec => spec.name === name)!, SEED);
}

describe('the traffic of a system', () => {
  it('is the same for the same seed and times, and another one for another seed', () => {
    fc.assert(
      fc.property(systems, times, (spec, at) => {
        const flows = [SEED, SEED, SEED + 1].map(seed => {
          const model = new SystemModel(spec, seed);
          const memory = model.atRest();
          model.step(model.calm, memory, at - 60_000, 60, true);
          return JSON.stringify(model.step(model.calm, memory, at, 60, true));
        });
        expect(flows[1]).toBe(flows[0]);
        expect(flows[2]).not.toBe(flows[0]);
      }),
      { numRuns: 60 },
    );
  });

  it('has no number that is none, whatever the world is like, and loses no call', () => {
    fc.assert(
      fc.property(
        systems,
        times,
        fc.array(troubles(), { minLength: 1, maxLength: 6 }),
        (spec, at, worlds) => {
          const model = new SystemModel(spec, SEED);
          const memory = model.atRest();
          worlds.forEach((change, index) => {
            const state = change(structuredClone(model.calm));
            const now = at + index * 30_000;
            const flow = model.step(state, memory, now, 30, true);
            expect(numbersOf(flow).every(Number.isFinite)).toBe(true);
            expect(numbersOf(memory).every(Number.isFinite)).toBe(true);
            const called = flow.regions.flatMap(({ offered, components }) =>
              components.flatMap(({ spec: { http }, calls }) =>
                http && calls ? [{ asked: offered * http.calls, calls }] : [],
              ),
            );
            const lost = called.filter(
              ({ asked, calls }) => sumOf(calls) < asked * 0.999,
            );
            expect(lost).toEqual([]);
            const disordered = called.filter(({ calls: { within } }) =>
              [...within, 1].some(
                (share, place) => share < (within[place - 1] ?? 0) - 1e-9,
              ),
            );
            expect(disordered).toEqual([]);
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  // Document, component, quantile, seconds; the tolerance is that of daily strain and noise.
  it.each([
    ['cloud-native', 'cloud-native-api', 0.95, 0.085],
    ['cloud-native', 'cloud-native-api', 0.99, 0.15],
    ['enterprise-platform', 'enterprise-platform-backend-api', 0.99, 0.144],
  ])(
    'takes the time that its document has now: %s, %s, %d',
    (system, component, q, seconds) => {
      const { within } = calmCalls(modelOf(system), component);
      expect(Math.abs(quantile(q, within) / seconds - 1)).toBeLessThan(0.05);
    },
  );

  it.each([
    ['cloud-native', 'cloud-native-api', 0.95, 0.1],
    ['cloud-native', 'cloud-native-api', 0.99, 0.2],
    ['records-service', 'records-service-records', 0.99, 0.5],
    ['enterprise-platform', 'enterprise-platform-backend-api', 0.99, 0.2],
    ['microservices-platform', 'microservices-platform-api-gateway', 0.95, 0.2],
  ])(
    'keeps within the target of its document: %s, %s, %d below %d s',
    (system, component, q, seconds) => {
      const { within } = calmCalls(modelOf(system), component);
      expect(quantile(q, within)).toBeLessThan(seconds);
    },
  );

  it('fails as often as the document of the cloud-native platform has it: 0.05 %', () => {
    const { errors } = calmCalls(modelOf('cloud-native'), 'cloud-native-api');
    expect(errors).toBeGreaterThan(0.0004);
    expect(errors).toBeLessThan(0.0006);
  });

  it('reaches at its peaks what the documents name: users, requests, connections, operations, uploads', () => {
    const peakOf = (name: string, of: (home: RegionFlow) => number) => {
      const model = modelOf(name);
      const memory = model.atRest();
      return Math.max(
        ...calmHours(model, 24 * 14).map(at =>
          of(homeOf(model.step(model.calm, memory, at, 3600, true).regions)),
        ),
      );
    };
    expect(peakOf('cloud-native', home => home.users)).toBeGreaterThan(100_000);
    expect(peakOf('enterprise-platform', home => home.users)).toBeGreaterThan(
      1_000,
    );
    const shop = (of: (home: RegionFlow) => number) =>
      peakOf('microservices-platform', of);
    expect(shop(home => home.offered * 60)).toBeGreaterThan(9_500);
    expect(shop(home => home.offered * 60)).toBeLessThan(11_500);
    expect(shop(home => home.database!.connections)).toBeGreaterThan(90);
    expect(shop(home => home.database!.connections)).toBeLessThan(115);
    expect(shop(home => home.cache!.operations)).toBeGreaterThan(47_000);
    expect(shop(home => home.uploadedBytes!)).toBeGreaterThan(90e6);
  });

  it('has a story in any hundred days: an outage, a strain and a slow burn that comes and goes with a version', () => {
    fc.assert(
      fc.property(systems, times, (spec, from) => {
        const calendar = new Calendar(spec, SEED);
        const to = from + 100 * DAY_MS;
        const incidents = calendar.incidents(from, to);
        expect(new Set(incidents.map(({ kind }) => kind))).toEqual(
          new Set(['outage', 'strain', 'slowBurn']),
        );
        const deploys = calendar.deploys(from, to);
        for (const { kind, startsAt, endsAt, component } of incidents) {
          for (const at of kind === 'slowBurn' ? [startsAt, endsAt] : []) {
            expect(
              at < from ||
                at >= to ||
                deploys.some(
                  deploy => deploy.at === at && deploy.component === component,
                ),
            ).toBe(true);
          }
        }
        // Asked for in parts it is the same.
        const middle = from + 37 * DAY_MS;
        expect([
          ...calendar.deploys(from, middle),
          ...calendar.deploys(middle, to),
        ]).toEqual(deploys);
      }),
      { numRuns: 40 },
    );
  });
});

describe('what goes wrong', () => {
  /** Share of the calls to a component that fail while an incident goes on, minute by minute. */
  function failingDuring(model: SystemModel, kind: string): number[] {
    const incident = model.calendar
      .incidents(MONDAY, MONDAY + 70 * DAY_MS)
      .find(found => found.kind === kind && found.startsAt > MONDAY)!;
    const memory = model.atRest();
    const shares: number[] = [];
    for (let at = incident.startsAt; at <= incident.endsAt; at += 60_000) {
      const flow = model.step(model.calm, memory, at, 60, true);
      const { calls } = homeOf(flow.regions).components.find(
        ({ spec }) => spec.name === incident.component,
      )!;
      shares.push(failedOf(calls!) / sumOf(calls!));
    }
    return shares;
  }

  it.each(TRAFFIC.map(({ name }) => name))(
    'is seen: an outage and a slow burn of %s',
    name => {
      const model = modelOf(name);
      expect(Math.max(...failingDuring(model, 'outage'))).toBeGreaterThan(0.01);
      const burning = failingDuring(model, 'slowBurn');
      expect(Math.max(...burning)).toBeGreaterThan(0.0008);
      expect(Math.max(...burning)).toBeLessThan(0.01);
      expect(burning[0]).toBeLessThan(0.001);
    },
  );
});

describe('shares within bounds', () => {
  it('are those that are given at the usual speed, and only fall when it is slower', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...TRAFFIC.flatMap(({ components }) =>
            components.flatMap(({ http }) => (http ? [http.within] : [])),
          ),
        ),
        fc.double({ min: 1, max: 12, noNaN: true }),
        fc.double({ min: 1, max: 2, noNaN: true }),
        (within, slower, more) => {
          withinBounds(LATENCY_BOUNDS, within, 1).forEach((share, index) =>
            expect(share).toBeCloseTo(within[index], 9),
          );
          const slow = withinBounds(LATENCY_BOUNDS, within, slower);
          withinBounds(LATENCY_BOUNDS, within, slower * more).forEach(
            (share, index) =>
              expect(share).toBeLessThanOrEqual(slow[index] + 1e-9),
          );
        },
      ),
    );
  });
});

function numbersOf(of: unknown): number[] {
  if (typeof of === 'number') {
    return [of];
  }
  return typeof of === 'object' && of !== null
    ? Object.values(of).flatMap(numbersOf)
    : [];
}

/** Things that can have happened to a system's world. */
function troubles() {
  const region = fc.constantFrom('us-east-1', 'us-west-2');
  const change = (
    name: string,
    apply: (state: SystemState, where: string, share: number) => void,
  ) =>
    fc
      .tuple(region, fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([where, share]) =>
        Object.assign(
          (state: SystemState) => {
            if (state.regions[where]) {
              apply(state, where, share);
            }
            return state;
          },
          { toString: () => `${name} ${where} ${share}` },
        ),
      );
  return fc.oneof(
    change('dark', (state, where) => {
      state.regions[where].isDark = true;
      state.regions[where].nodes.ready = 0;
      state.regions[where].database.isAvailable = false;
    }),
    change('nodes', (state, where, share) => {
      const { nodes } = state.regions[where];
      nodes.ready = Math.round(nodes.ready * share);
    }),
    change('database', (state, where) => {
      state.regions[where].database.isAvailable = false;
    }),
    change('no database', (state, where) => {
      state.regions[where].database.role = 'none';
    }),
    change('cache', (state, where) => {
      state.regions[where].cache.isAvailable = false;
    }),
    change('answers', (state, where, share) => {
      state.dns = state.dns.map(name => ({
        ...name,
        shares: { [where]: share },
        nowhere: 1 - share,
      }));
    }),
    change('no name', state => {
      state.dns = [];
    }),
  );
}
