import {
  FLEET_FACETS,
  type FleetCount,
  type FleetFacet,
  type FleetGroup,
  type FleetGroupBy,
  type FleetPage,
  type FleetPageQuery,
  type FleetQuery,
  type FleetSummary,
  type FleetTotals,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import { decodeFleetCursor, encodeFleetCursor } from './fleetCursor';
import {
  FACET_COLUMNS,
  SORTS,
  fleetEnvironmentOf,
  fleetRows,
  outdatedVersions,
  type FleetRow,
} from './fleetRows';
import type { FleetFilter, FleetStore, FleetSurroundings } from './types';

const DEFAULT_LIMIT = 100;

/** What a page shows of its rows: outputs, parameters and engine state stay where they are. */
const SHOWN: Array<keyof FleetRow> = [
  'id',
  'name',
  'owner',
  'system',
  'account_id',
  'region',
  'size',
  'engine',
  'blueprint_id',
  'blueprint_version',
  'status',
  'status_reason',
  'created_at',
  'updated_at',
  'active_run_id',
  'active_operation',
  'active_started_by',
  'active_since',
  'last_run_id',
  'freeze_by',
  'freeze_reason',
  'freeze_since',
  'monthly_estimate_usd',
  'estimate_prices_of',
  'estimate_plan_id',
  'drift_state',
  'drift_at',
  'drift_resources',
  'expires_at',
  'schedule',
  'schedule_override',
  'sleep_state',
  'sleep_since',
  'sleep',
  'drift',
  'expiry',
  'version',
];

/** What is summed up over environments. */
const TOTALS = `
  count(*) AS environments,
  coalesce(sum(monthly_estimate_usd), 0)::numeric(20, 2)::text AS monthly_usd,
  count(*) FILTER (WHERE monthly_estimate_usd IS NULL) AS unpriced,
  count(*) FILTER (WHERE status = 'failed') AS failed,
  count(*) FILTER (WHERE active_run_id IS NOT NULL) AS working,
  count(*) FILTER (WHERE drift = 'drifted') AS drifted,
  count(*) FILTER (WHERE version = 'outdated') AS outdated,
  count(*) FILTER (WHERE expires_at <= ?::timestamptz + interval '72 hours') AS expiring`;

type TotalsRow = Record<
  | 'environments'
  | 'monthly_usd'
  | 'unpriced'
  | 'failed'
  | 'working'
  | 'drifted'
  | 'outdated'
  | 'expiring',
  string
>;

function totalsOf(row: TotalsRow): FleetTotals {
  return {
    environments: Number(row.environments),
    monthlyUsd: row.monthly_usd,
    unpriced: Number(row.unpriced),
    failed: Number(row.failed),
    working: Number(row.working),
    drifted: Number(row.drifted),
    outdated: Number(row.outdated),
    expiring: Number(row.expiring),
  };
}

/** Narrows to what the facets allow, but for one where told. */
function narrow(
  query: Knex.QueryBuilder,
  where: FleetQuery['where'] = {},
  except?: FleetFacet,
): Knex.QueryBuilder {
  for (const facet of FLEET_FACETS) {
    const wanted = where[facet];
    if (wanted && facet !== except) {
      query.whereRaw('?? = ANY (?)', [FACET_COLUMNS[facet], wanted]);
    }
  }
  return query;
}

export class DatabaseFleetStore implements FleetStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseFleetStore {
    return new DatabaseFleetStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** One page by keyset: rows that come or go meanwhile never shift it. What has no value comes last, either way round. */
  async page(
    query: FleetPageQuery,
    surroundings: FleetSurroundings,
    filter?: FleetFilter,
  ): Promise<FleetPage> {
    const knex = this.#knex;
    const sort = query.sort ?? 'requested';
    const descending = query.descending ?? query.sort === undefined;
    const cursor = query.cursor
      ? decodeFleetCursor(query.cursor, { sort, descending })
      : undefined;
    const limit = query.limit ?? DEFAULT_LIMIT;
    const { key, type } = SORTS[sort];
    const direction = descending ? 'DESC' : 'ASC';

    const all = await this.#seen(query, surroundings, filter);
    const rows: Array<FleetRow & { sort_key: string | null }> = await narrow(
      knex
        .select(...SHOWN, knex.raw(`${key}::text AS sort_key`))
        .from(all().as('fleet')),
      query.where,
    )
      .where(after => {
        if (!cursor) {
          return;
        }
        if (cursor.key === null) {
          after.whereRaw(`${key} IS NULL AND id > ?`, [cursor.id]);
          return;
        }
        after.whereRaw(
          `(${key} ${descending ? '<' : '>'} ?::${type}
            OR (${key} = ?::${type} AND id > ?)
            OR ${key} IS NULL)`,
          [cursor.key, cursor.key, cursor.id],
        );
      })
      .orderByRaw(`${key} ${direction} NULLS LAST, id ASC`)
      .limit(limit + 1);

    const shown = rows.slice(0, limit);
    const last = shown[shown.length - 1];
    return {
      items: shown.map(row => fleetEnvironmentOf(row, surroundings)),
      ...(rows.length > limit && {
        nextCursor: encodeFleetCursor({
          sort,
          descending,
          key: last.sort_key && isoOf(last.sort_key, type),
          id: last.id,
        }),
      }),
    };
  }

  async summary(
    query: FleetQuery & { groupBy?: FleetGroupBy },
    surroundings: FleetSurroundings,
    filter?: FleetFilter,
  ): Promise<FleetSummary> {
    const { where, groupBy } = query;
    const { now } = surroundings;
    const all = await this.#seen(query, surroundings, filter);
    const [totals, counts, groups] = await Promise.all([
      this.#totals(all, where, now),
      this.#facets(all, where),
      groupBy && this.#groups(all, where, groupBy, now),
    ]);
    const facets = Object.fromEntries(
      FLEET_FACETS.map((facet): [FleetFacet, FleetCount[]] => [
        facet,
        counts
          .filter(row => row.facet === facet)
          .map(row => ({ value: row.value, count: Number(row.count) })),
      ]),
    ) as Record<FleetFacet, FleetCount[]>;
    return { totals, facets, ...(groups && { groups }) };
  }

  async #seen(
    query: FleetQuery,
    { now, newest }: FleetSurroundings,
    filter?: FleetFilter,
  ): Promise<() => Knex.QueryBuilder> {
    const outdated = await outdatedVersions(this.#knex, newest);
    return () => fleetRows(this.#knex, query, { now, outdated }, filter);
  }

  async #totals(
    all: () => Knex.QueryBuilder,
    where: FleetQuery['where'],
    now: Date,
  ): Promise<FleetTotals> {
    const [row]: TotalsRow[] = await narrow(
      this.#knex.select(this.#knex.raw(TOTALS, [now])).from(all().as('fleet')),
      where,
    );
    return totalsOf(row);
  }

  async #groups(
    all: () => Knex.QueryBuilder,
    where: FleetQuery['where'],
    groupBy: FleetGroupBy,
    now: Date,
  ): Promise<FleetGroup[]> {
    const rows: Array<TotalsRow & { value: string }> = await narrow(
      this.#knex
        .select(
          this.#knex.raw('?? AS value', [FACET_COLUMNS[groupBy]]),
          this.#knex.raw(TOTALS, [now]),
        )
        .from(all().as('fleet')),
      where,
    )
      .groupBy(FACET_COLUMNS[groupBy])
      .orderByRaw('count(*) DESC, value');
    return rows.map(row => ({ value: row.value, ...totalsOf(row) }));
  }

  /** All facets in one statement over rows that are read once. */
  async #facets(
    all: () => Knex.QueryBuilder,
    where: FleetQuery['where'],
  ): Promise<Array<{ facet: FleetFacet; value: string; count: string }>> {
    const knex = this.#knex;
    const columns = Object.values(FACET_COLUMNS);
    const one = (facet: FleetFacet) =>
      narrow(
        knex
          .select(
            knex.raw('? AS facet', [facet]),
            knex.raw('?? AS value', [FACET_COLUMNS[facet]]),
            knex.raw('count(*) AS count'),
          )
          .from('fleet')
          .groupBy(FACET_COLUMNS[facet]),
        where,
        facet,
      );
    return knex
      .withMaterialized('fleet', knex.select(columns).from(all().as('seen')))
      .from(knex.unionAll(FLEET_FACETS.map(one)).as('counts'))
      .select('*')
      .orderByRaw('facet, count DESC, value');
  }
}

/** `2026-11-25 09:30:00.123+00` as ISO 8601 says it, to the microsecond. */
function isoOf(key: string, type: string): string {
  return type === 'timestamptz'
    ? key.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
    : key;
}
