import { TestDatabases } from '@backstage/backend-test-utils';
import {
  FLEET_FACETS,
  FLEET_GROUPS,
  FLEET_SORTS,
  compareVersions,
  fleetQueryString,
  type FleetEnvironment,
  type FleetFacet,
  type FleetPage,
  type FleetPageQuery,
  type FleetSummary,
} from '@slipway/plugin-infra-scaffolder-common';
import fc from 'fast-check';
import { FakeWorld } from '../__testUtils__/FakeEngine';
import { facetsOf, HOUR_MS, OWNERS, rowOf } from '../__testUtils__/fleetRows';
import { FIONA, MAYA, SAM, TOM, startPortal } from '../__testUtils__/portal';
import type { Portal } from '../__testUtils__/portal';

jest.setTimeout(60_000);

const SOME_ID = '6f1c2d3e-4b5a-4c7d-8e9f-0a1b2c3d4e5f';

type Key = string | number | undefined;

const SORT_KEYS: Record<string, (e: FleetEnvironment, now: number) => Key> = {
  ...Object.fromEntries(
    FLEET_FACETS.map(facet => [
      facet,
      (e: FleetEnvironment, now: number) => facetsOf(e, now)[facet],
    ]),
  ),
  name: e => e.name,
  expiry: e => e.expiresAt,
  cost: e => e.estimate && Number(e.estimate.monthlyUsd),
  requested: e => e.createdAt,
};

function compare(a: Key, b: Key): number {
  if (a === b) {
    return 0;
  }
  return a! < b! ? -1 : 1;
}

describe('the fleet', () => {
  const world = new FakeWorld();
  let portal: Portal;
  let all: FleetEnvironment[];
  const now = Date.now();
  afterAll(() => portal.stop());
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  beforeAll(async () => {
    const knex = await databases.init('POSTGRES_18');
    portal = await startPortal({ knex, world });
    await knex('environments').insert(
      Array.from({ length: 240 }, (_, index) => rowOf(index, now)),
    );
    all = await walk({ includeEnded: true });
  });

  async function page(query: FleetPageQuery, person = SAM): Promise<FleetPage> {
    return (
      await portal
        .as(person)
        .get(`/fleet?${fleetQueryString(query)}`)
        .expect(200)
    ).body;
  }

  async function summary(
    query: Parameters<typeof fleetQueryString>[0],
    person = SAM,
  ): Promise<FleetSummary> {
    return (
      await portal
        .as(person)
        .get(`/fleet/summary?${fleetQueryString(query)}`)
        .expect(200)
    ).body;
  }

  /** Every page of a list, one after another. */
  async function walk(query: FleetPageQuery, person = SAM) {
    const items: FleetEnvironment[] = [];
    let { cursor } = query;
    do {
      const got: FleetPage = await page({ ...query, cursor }, person);
      items.push(...got.items);
      cursor = got.nextCursor;
    } while (cursor);
    return items;
  }

  const matches = (query: FleetPageQuery, except?: FleetFacet) =>
    all.filter(environment => {
      const facets = facetsOf(environment, now);
      return (
        (query.includeEnded ||
          query.where?.status ||
          environment.status !== 'destroyed') &&
        FLEET_FACETS.every(
          facet =>
            facet === except ||
            !query.where?.[facet] ||
            query.where[facet]!.includes(facets[facet]),
        ) &&
        [environment.name, environment.owner, environment.system].some(text =>
          text.includes(query.search ?? ''),
        )
      );
    });

  const anyWhere = fc
    .uniqueArray(fc.constantFrom(...FLEET_FACETS), { maxLength: 3 })
    .chain(facets =>
      fc.record(
        Object.fromEntries(
          facets.map(facet => [
            facet,
            fc.uniqueArray(
              fc.integer({ min: 0, max: 239 }).map(index => ({ facet, index })),
              { minLength: 1, maxLength: 3 },
            ),
          ]),
        ),
      ),
    );

  /** Filters by values that there are. */
  function whereOf(
    chosen: Record<string, Array<{ facet: FleetFacet; index: number }>>,
  ): FleetPageQuery['where'] {
    return Object.fromEntries(
      Object.entries(chosen).map(([facet, values]) => [
        facet,
        [
          ...new Set(
            values.map(
              ({ index }) => facetsOf(all[index], now)[facet as FleetFacet],
            ),
          ),
        ],
      ]),
    );
  }

  it('filters, sorts and pages as told, whatever the filter and the order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          chosen: anyWhere,
          sort: fc.constantFrom(...FLEET_SORTS),
          descending: fc.boolean(),
          search: fc.constantFrom(undefined, 'shop', 'env-0', 'ment'),
          includeEnded: fc.boolean(),
        }),
        async ({ chosen, ...rest }) => {
          const query = { ...rest, where: whereOf(chosen) };
          const got = await walk({ ...query, limit: 17 });
          const expected = matches(query);
          expect(got.map(e => e.name).sort()).toEqual(
            expected.map(e => e.name).sort(),
          );
          if (query.sort === 'version') {
            return;
          }
          const keys = got.map(e => SORT_KEYS[query.sort](e, now));
          const there = keys.filter(key => key !== undefined);
          expect(keys.slice(0, there.length)).toEqual(there);
          const sorted = [...there].sort(compare);
          expect(there).toEqual(query.descending ? sorted.reverse() : sorted);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('sorts versions as versions', async () => {
    const got = await walk({ sort: 'version', includeEnded: true, limit: 50 });
    for (const blueprint of new Set(got.map(e => e.blueprint.id))) {
      const versions = got
        .filter(e => e.blueprint.id === blueprint)
        .map(e => e.blueprint.version);
      expect(versions).toEqual([...versions].sort(compareVersions));
    }
    expect(new Set(got.map(e => e.blueprint.version)).size).toBe(3);
  });

  it('counts each facet by all filters but its own, and sums groups to the cent', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyWhere,
        fc.constantFrom(...FLEET_GROUPS),
        async (chosen, groupBy) => {
          const query = { where: whereOf(chosen), groupBy };
          const got = await summary(query);
          const expected = matches(query);
          for (const facet of FLEET_FACETS) {
            const counts = new Map<string, number>();
            for (const environment of matches(query, facet)) {
              const value = facetsOf(environment, now)[facet];
              counts.set(value, (counts.get(value) ?? 0) + 1);
            }
            // Without a filter by status the ended ones are not in sight.
            if (facet === 'status' && query.where?.status) {
              counts.clear();
              for (const environment of matches(
                { ...query, includeEnded: true },
                'status',
              )) {
                const { status } = environment;
                counts.set(status, (counts.get(status) ?? 0) + 1);
              }
            }
            expect(
              new Map(got.facets[facet].map(each => [each.value, each.count])),
            ).toEqual(counts);
          }
          const cents = (items: FleetEnvironment[]) =>
            items.reduce(
              (sum, e) =>
                sum +
                BigInt((e.estimate?.monthlyUsd ?? '0.00').replace('.', '')),
              0n,
            );
          expect(BigInt(got.totals.monthlyUsd.replace('.', ''))).toBe(
            cents(expected),
          );
          expect(got.totals).toMatchObject({
            environments: expected.length,
            unpriced: expected.filter(e => !e.estimate).length,
            failed: expected.filter(e => e.status === 'failed').length,
            working: expected.filter(e => e.activeRun).length,
            drifted: expected.filter(e => e.drift?.state === 'drifted').length,
            outdated: expected.filter(e => e.newerVersion).length,
          });
          expect(got.groups!.map(group => group.value).sort()).toEqual(
            [...new Set(expected.map(e => facetsOf(e, now)[groupBy]))].sort(),
          );
          for (const group of got.groups!) {
            const members = expected.filter(
              e => facetsOf(e, now)[groupBy] === group.value,
            );
            expect(group.environments).toBe(members.length);
            expect(BigInt(group.monthlyUsd.replace('.', ''))).toBe(
              cents(members),
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('knows what is old, what is stale and what ends soon', async () => {
    const old = await walk({ where: { version: ['outdated'] } });
    expect(old.length).toBeGreaterThan(0);
    expect(new Set(old.map(e => e.newerVersion))).toEqual(new Set(['1.0.0']));
    expect(new Set(old.map(e => e.blueprint.id))).toEqual(
      new Set(['shop-platform']),
    );
    const { totals } = await summary({});
    const soon = matches({}).filter(
      e => e.expiresAt && Date.parse(e.expiresAt) <= now + 72 * HOUR_MS,
    );
    expect(totals.expiring).toBe(soon.length);
    expect(soon.length).toBeGreaterThan(0);
    // Nobody knows of the drift of what a run has worked on since.
    const stale = (await walk({ where: { drift: ['unknown'] } }))[0];
    expect(stale.drift).toEqual({
      state: 'unknown',
      at: stale.createdAt,
      resources: 0,
    });
  });

  it('shows, counts and sums for a developer what their groups own, and nothing to strangers', async () => {
    const mine = await walk({ limit: 50 }, MAYA);
    expect(new Set(mine.map(e => e.owner))).toEqual(new Set([OWNERS[0]]));
    const shown = await summary({ groupBy: 'owner' }, MAYA);
    expect(shown.facets.owner).toEqual([
      { value: OWNERS[0], count: mine.length },
    ]);
    expect(shown.groups).toHaveLength(1);
    expect((await walk({ where: { owner: [OWNERS[0]] } }, TOM)).length).toBe(0);
    expect((await summary({}, FIONA)).totals).toEqual(
      (await summary({}, SAM)).totals,
    );
    const nobody = 'user:default/kim';
    expect(await page({}, nobody)).toEqual({ items: [] });
    expect(
      (await summary({ groupBy: 'owner' }, nobody)).totals.environments,
    ).toBe(0);
  });

  it('takes newcomers in without repeating or losing a row', async () => {
    const first = await page({ limit: 30 });
    await portal.create({ name: 'newcomer', cidr: '10.200.0.0/16' });
    const rest = await walk({ limit: 30, cursor: first.nextCursor });
    const names = [...first.items, ...rest].map(e => e.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBe(matches({}).length);
    expect((await page({ limit: 1 })).items[0].name).toBe('newcomer');
  });

  it.each([
    ['sort=nothing', '"path":"sort"'],
    ['status=odd', '"path":"status"'],
    ['limit=5000', '"path":"limit"'],
    ['colour=blue', '"path":""'],
    ['cursor=rubbish', 'Begin again'],
    [
      `cursor=${encode([
        'cost',
        true,
        "1'; DROP",
        SOME_ID,
      ])}&sort=cost&descending=true`,
      'Begin again',
    ],
    [`cursor=${encode(['name', true, 'x', SOME_ID])}&sort=name`, 'Begin again'],
    [
      `cursor=${encode(['requested', true, 'yesterday', SOME_ID])}`,
      'Begin again',
    ],
  ])('refuses %s', async (query, told) => {
    const { text } = await portal.as(SAM).get(`/fleet?${query}`).expect(400);
    expect(text).toContain(told);
  });
});

function encode(cursor: unknown): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}
