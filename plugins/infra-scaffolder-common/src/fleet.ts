import { z } from 'zod';
import { PLAIN_TEXT } from './plainText';
import { DRIFT_STATES, type DriftState } from './drift';
import type { EnvironmentSleep } from './scheduleApi';
import { INFRA_ENGINES, INFRA_STATUSES, type Environment } from './types';

/** What the fleet can be narrowed by, each by one value or several. @public */
export const FLEET_FACETS = [
  'owner',
  'system',
  'size',
  'account',
  'region',
  'status',
  'sleep',
  'expiry',
  'drift',
  'blueprint',
  'version',
  'engine',
] as const;

/** @public */
export type FleetFacet = (typeof FLEET_FACETS)[number];

/** What the fleet can be put together by. @public */
export const FLEET_GROUPS = [
  'owner',
  'system',
  'region',
  'blueprint',
  'status',
] as const satisfies FleetFacet[];

/** @public */
export type FleetGroupBy = (typeof FLEET_GROUPS)[number];

/** What the fleet can be sorted by. @public */
export const FLEET_SORTS = [
  'name',
  'owner',
  'system',
  'size',
  'account',
  'region',
  'status',
  'sleep',
  'expiry',
  'drift',
  'version',
  'cost',
  'requested',
] as const;

/** @public */
export type FleetSort = (typeof FLEET_SORTS)[number];

/**
 * `expired`: its end is past. `day`, `week`, `month`: it ends within 24 hours, 7 days, 30 days from now and not sooner.
 * `later`: after that. `never`: it has no end.
 * @public
 */
export const FLEET_EXPIRIES = [
  'expired',
  'day',
  'week',
  'month',
  'later',
  'never',
] as const;

/** `asleep`: or on the way. `scheduled`: awake, and sleeps by a schedule. `always`: it has none. @public */
export const FLEET_SLEEPS = ['asleep', 'scheduled', 'always'] as const;

/** `outdated`: a newer version of its blueprint is installed. @public */
export const FLEET_VERSIONS = ['newest', 'outdated'] as const;

/** `unchecked`: never checked. @public */
export type FleetDriftState = DriftState | 'unchecked';

/** @public */
export interface FleetQuery {
  /** Values that are allowed; a facet that is left out allows any. */
  where?: Partial<Record<FleetFacet, string[]>>;
  /** Matches name, owner or system. */
  search?: string;
  /** Those destroyed or cancelled too; default false. */
  includeEnded?: boolean;
}

/** @public */
export interface FleetPageQuery extends FleetQuery {
  /** `requested`, newest first, unless told. */
  sort?: FleetSort;
  descending?: boolean;
  /** 1 to 200; 100 unless told. */
  limit?: number;
  cursor?: string;
}

/** A row of the fleet: what a list shows of an environment, and no more. @public */
export interface FleetEnvironment
  extends Pick<
    Environment,
    | 'id'
    | 'name'
    | 'owner'
    | 'system'
    | 'accountId'
    | 'region'
    | 'size'
    | 'engine'
    | 'blueprint'
    | 'status'
    | 'statusReason'
    | 'createdAt'
    | 'activeRun'
    | 'lastRunId'
    | 'freeze'
    | 'drift'
    | 'estimate'
  > {
  expiresAt?: string;
  /** Absent while it is awake. */
  sleep?: Pick<EnvironmentSleep, 'state' | 'since'>;
  /** When it next goes to sleep or wakes by itself. */
  nextTurn?: { up: boolean; at: string };
  /** The newest installed version of its blueprint, where that is newer than its own. */
  newerVersion?: string;
}

/** @public */
export interface FleetPage {
  items: FleetEnvironment[];
  nextCursor?: string;
}

/** How many environments have a value. @public */
export interface FleetCount {
  value: string;
  count: number;
}

/** What a number of environments come to. Money is decimal text. @public */
export interface FleetTotals {
  environments: number;
  /** Sum of the estimates there are. */
  monthlyUsd: string;
  /** How many have no estimate and are not in the sum. */
  unpriced: number;
  failed: number;
  working: number;
  drifted: number;
  outdated: number;
  /** Those whose end is within 72 hours, or past. */
  expiring: number;
}

/** @public */
export interface FleetGroup extends FleetTotals {
  value: string;
}

/** What all that match come to. @public */
export interface FleetSummary {
  totals: FleetTotals;
  /** For each facet its values, the most frequent first: how many match each, by all filters but the facet's own. */
  facets: Record<FleetFacet, FleetCount[]>;
  /** Where it was asked for, the largest first. */
  groups?: FleetGroup[];
}

/**
 * The HTTP API of the fleet: lists of environments that stay quick with thousands of them.
 * @public
 */
export interface FleetApi {
  /** GET /fleet?owner=&owner=&…&sort=&cursor= */
  listFleet(query: FleetPageQuery): Promise<FleetPage>;
  /** GET /fleet/summary?owner=&…&groupBy= */
  summariseFleet(
    query: FleetQuery & { groupBy?: FleetGroupBy },
  ): Promise<FleetSummary>;
}

const value = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(PLAIN_TEXT, 'Leave control characters out.');
const oneOrMore = <TSchema extends z.ZodType<string>>(schema: TSchema) =>
  z.union([schema.transform(one => [one]), z.array(schema).max(50)]).optional();
const yesOrNo = z
  .enum(['true', 'false'])
  .transform(text => text === 'true')
  .optional();

const filters = {
  owner: oneOrMore(value),
  system: oneOrMore(value),
  size: oneOrMore(value),
  account: oneOrMore(value),
  region: oneOrMore(value),
  status: oneOrMore(z.enum(INFRA_STATUSES)),
  sleep: oneOrMore(z.enum(FLEET_SLEEPS)),
  expiry: oneOrMore(z.enum(FLEET_EXPIRIES)),
  drift: oneOrMore(z.enum([...DRIFT_STATES, 'unchecked'])),
  blueprint: oneOrMore(value),
  version: oneOrMore(z.enum(FLEET_VERSIONS)),
  engine: oneOrMore(z.enum(INFRA_ENGINES)),
  search: z
    .string()
    .trim()
    .max(100)
    .regex(PLAIN_TEXT, 'Leave control characters out.')
    .optional(),
  includeEnded: yesOrNo,
};

type Filters = z.output<z.ZodObject<typeof filters>>;

function queryOf<T extends Filters>(flat: T) {
  const { includeEnded, search, ...rest } = flat;
  const where: Partial<Record<FleetFacet, string[]>> = {};
  for (const facet of FLEET_FACETS) {
    const wanted = rest[facet];
    if (wanted) {
      where[facet] = wanted;
    }
  }
  return { where, search: search || undefined, includeEnded };
}

/** Query string of GET /fleet; filters may be repeated. @public */
export const fleetPageQuerySchema = z
  .strictObject({
    ...filters,
    sort: z.enum(FLEET_SORTS).optional(),
    descending: yesOrNo,
    limit: z.coerce.number().int().min(1).max(200).optional(),
    cursor: z.string().max(1_000).optional(),
  })
  .transform(
    ({ sort, descending, limit, cursor, ...flat }): FleetPageQuery => ({
      ...queryOf(flat),
      sort,
      descending,
      limit,
      cursor,
    }),
  );

/** Query string of GET /fleet/summary. @public */
export const fleetSummaryQuerySchema = z
  .strictObject({ ...filters, groupBy: z.enum(FLEET_GROUPS).optional() })
  .transform(({ groupBy, ...flat }) => ({ ...queryOf(flat), groupBy }));

/** The query string of a question to the fleet; what is left out is not in it. @public */
export function fleetQueryString(
  query: FleetPageQuery & { groupBy?: FleetGroupBy },
): string {
  const { where = {}, ...rest } = query;
  const params = new URLSearchParams();
  for (const facet of FLEET_FACETS) {
    for (const wanted of where[facet] ?? []) {
      params.append(facet, wanted);
    }
  }
  for (const [name, said] of Object.entries(rest)) {
    if (said !== undefined && said !== '') {
      params.set(name, String(said));
    }
  }
  return params.toString();
}
