import {
  FLEET_FACETS,
  type Environment,
  type FleetApi,
  type FleetEnvironment,
  type FleetFacet,
  type FleetGroupBy,
  type FleetPageQuery,
  type FleetQuery,
  type FleetSummary,
  type FleetTotals,
} from '@slipway/plugin-infra-scaffolder-common';

const VALUE: Record<FleetFacet, (environment: FleetEnvironment) => string> = {
  owner: each => each.owner,
  system: each => each.system,
  size: each => each.size,
  account: each => each.accountId,
  region: each => each.region,
  status: each => each.status,
  sleep: each =>
    (each.sleep && 'asleep') ?? (each.nextTurn ? 'scheduled' : 'always'),
  expiry: each => (each.expiresAt ? 'later' : 'never'),
  drift: each => each.drift?.state ?? 'unchecked',
  blueprint: each => each.blueprint.id,
  version: each => (each.newerVersion ? 'outdated' : 'newest'),
  engine: each => each.engine,
};

/** The fleet in memory: facets, pages and sums; always in the order of names. */
export class FakeFleetApi implements FleetApi {
  readonly #source: { environments: Environment[]; failure?: Error };
  /** Laid over the environments of the source, by id. */
  details: Record<string, Partial<FleetEnvironment>> = {};
  readonly queries: FleetPageQuery[] = [];

  constructor(source: { environments: Environment[]; failure?: Error }) {
    this.#source = source;
  }

  async listFleet(query: FleetPageQuery) {
    this.#mayFail();
    this.queries.push(query);
    const rows = this.#matching(query);
    const start = Number(query.cursor ?? 0);
    const end = start + (query.limit ?? 100);
    return {
      items: rows.slice(start, end),
      ...(end < rows.length && { nextCursor: String(end) }),
    };
  }

  async summariseFleet(
    query: FleetQuery & { groupBy?: FleetGroupBy },
  ): Promise<FleetSummary> {
    this.#mayFail();
    const { groupBy } = query;
    const rows = this.#matching(query);
    const facets = Object.fromEntries(
      FLEET_FACETS.map(facet => [
        facet,
        [...groupsOf(this.#matching(query, facet), facet)].map(
          ([value, group]) => ({ value, count: group.length }),
        ),
      ]),
    ) as FleetSummary['facets'];
    return {
      totals: totalsOf(rows),
      facets,
      ...(groupBy && {
        groups: [...groupsOf(rows, groupBy)].map(([value, group]) => ({
          value,
          ...totalsOf(group),
        })),
      }),
    };
  }

  #matching(query: FleetQuery, except?: FleetFacet): FleetEnvironment[] {
    return this.#source.environments
      .map((each): FleetEnvironment => ({ ...each, ...this.details[each.id] }))
      .filter(
        each =>
          FLEET_FACETS.every(
            facet =>
              facet === except ||
              !query.where?.[facet] ||
              query.where[facet]!.includes(VALUE[facet](each)),
          ) && each.name.includes(query.search ?? ''),
      )
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  #mayFail(): void {
    if (this.#source.failure) {
      throw this.#source.failure;
    }
  }
}

function groupsOf(rows: FleetEnvironment[], facet: FleetFacet) {
  const groups = new Map<string, FleetEnvironment[]>();
  for (const row of rows) {
    const value = VALUE[facet](row);
    groups.set(value, [...(groups.get(value) ?? []), row]);
  }
  return groups;
}

function totalsOf(rows: FleetEnvironment[]): FleetTotals {
  const count = (has: (row: FleetEnvironment) => unknown) =>
    rows.filter(has).length;
  const cents = rows.reduce(
    (sum, row) => sum + Math.round(Number(row.estimate?.monthlyUsd ?? 0) * 100),
    0,
  );
  return {
    environments: rows.length,
    monthlyUsd: (cents / 100).toFixed(2),
    unpriced: count(row => !row.estimate),
    failed: count(row => row.status === 'failed'),
    working: count(row => row.activeRun),
    drifted: count(row => row.drift?.state === 'drifted'),
    outdated: count(row => row.newerVersion),
    expiring: count(
      row =>
        row.expiresAt &&
        Date.parse(row.expiresAt) < Date.now() + 72 * 3_600_000,
    ),
  };
}
