import {
  compareVersions,
  nextTurn,
  type FleetEnvironment,
  type FleetFacet,
  type FleetQuery,
  type FleetSort,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import { applyPermissionFilter } from '../database/listEnvironments';
import {
  ENDED_STATUSES,
  TABLES,
  type EnvironmentRow,
} from '../database/tables';
import type { FleetFilter, FleetSurroundings } from './types';

/** An environment's row with what is told of it by its columns. */
export type FleetRow = Pick<
  EnvironmentRow,
  | 'id'
  | 'name'
  | 'owner'
  | 'system'
  | 'account_id'
  | 'region'
  | 'size'
  | 'engine'
  | 'blueprint_id'
  | 'blueprint_version'
  | 'status'
  | 'status_reason'
  | 'created_at'
  | 'updated_at'
  | 'active_run_id'
  | 'active_operation'
  | 'active_started_by'
  | 'active_since'
  | 'last_run_id'
  | 'freeze_by'
  | 'freeze_reason'
  | 'freeze_since'
  | 'monthly_estimate_usd'
  | 'estimate_prices_of'
  | 'estimate_plan_id'
  | 'drift_state'
  | 'drift_at'
  | 'drift_resources'
  | 'schedule'
  | 'schedule_override'
  | 'sleep_state'
  | 'sleep_since'
> & {
  sleep: 'asleep' | 'scheduled' | 'always';
  expires_at: Date | null;
  expiry: string;
  drift: NonNullable<FleetEnvironment['drift']>['state'] | 'unchecked';
  version: 'newest' | 'outdated';
};

/** Where each facet stands in a row of the fleet. */
export const FACET_COLUMNS: Record<FleetFacet, string> = {
  owner: 'owner',
  system: 'system',
  size: 'size',
  account: 'account_id',
  region: 'region',
  status: 'status',
  sleep: 'sleep',
  expiry: 'expiry',
  drift: 'drift',
  blueprint: 'blueprint_id',
  version: 'version',
  engine: 'engine',
};

/** What is sorted by, and its type in PostgreSQL. */
export const SORTS: Record<
  FleetSort,
  { key: string; type: 'text' | 'timestamptz' | 'numeric' }
> = {
  name: { key: 'name', type: 'text' },
  owner: { key: 'owner', type: 'text' },
  system: { key: 'system', type: 'text' },
  size: { key: 'size', type: 'text' },
  account: { key: 'account_id', type: 'text' },
  region: { key: 'region', type: 'text' },
  status: { key: 'status', type: 'text' },
  sleep: { key: 'sleep', type: 'text' },
  drift: { key: 'drift', type: 'text' },
  // 1.10.0 comes after 1.9.0.
  version: {
    key: `(blueprint_id || ' ' || (
      SELECT string_agg(lpad(part, 8, '0'), '.')
      FROM unnest(string_to_array(split_part(blueprint_version, '-', 1), '.')) AS part
    ) || blueprint_version)`,
    type: 'text',
  },
  expiry: { key: 'expires_at', type: 'timestamptz' },
  cost: { key: 'monthly_estimate_usd', type: 'numeric' },
  requested: { key: 'created_at', type: 'timestamptz' },
};

/** Once a later run has worked on it, nobody knows of its drift until it is checked again. */
const DRIFT = `CASE
  WHEN drift_state IS NULL THEN 'unchecked'
  WHEN active_run_id IS NULL AND drift_run_id IS DISTINCT FROM last_run_id THEN 'unknown'
  ELSE drift_state END`;

const SLEEP = `CASE
  WHEN sleep_state IS NOT NULL THEN 'asleep'
  WHEN schedule IS NOT NULL THEN 'scheduled'
  ELSE 'always' END`;

const EXPIRY = `CASE
  WHEN expires_at IS NULL THEN 'never'
  WHEN expires_at <= CAST(:now AS timestamptz) THEN 'expired'
  WHEN expires_at <= CAST(:now AS timestamptz) + interval '24 hours' THEN 'day'
  WHEN expires_at <= CAST(:now AS timestamptz) + interval '7 days' THEN 'week'
  WHEN expires_at <= CAST(:now AS timestamptz) + interval '30 days' THEN 'month'
  ELSE 'later' END`;

const VERSION = `CASE
  WHEN blueprint_id || ' ' || blueprint_version = ANY (:outdated) THEN 'outdated'
  ELSE 'newest' END`;

/** `blueprint version` of every version in use that is older than the newest installed one. */
export async function outdatedVersions(
  knex: Knex,
  newest: FleetSurroundings['newest'],
): Promise<string[]> {
  const used = await knex<EnvironmentRow>(TABLES.environments).distinct(
    'blueprint_id',
    'blueprint_version',
  );
  return used.flatMap(row => {
    const best = newest.get(row.blueprint_id);
    return best && compareVersions(row.blueprint_version, best) < 0
      ? [`${row.blueprint_id} ${row.blueprint_version}`]
      : [];
  });
}

/** The environments in sight with what facets and sorts look at, before any facet narrows them. */
export function fleetRows(
  knex: Knex,
  query: FleetQuery,
  { now, outdated }: { now: Date; outdated: string[] },
  filter: FleetFilter | undefined,
): Knex.QueryBuilder {
  return knex(TABLES.environments)
    .select(
      '*',
      knex.raw(`${DRIFT} AS drift`),
      knex.raw(`${SLEEP} AS sleep`),
      knex.raw(`${EXPIRY} AS expiry`, { now }),
      knex.raw(`${VERSION} AS version`, { outdated }),
    )
    .where(all => {
      if (!query.includeEnded && !query.where?.status) {
        all.whereNotIn('status', ENDED_STATUSES);
      }
      if (query.search) {
        const pattern = `%${query.search.replace(/[\\%_]/g, '\\$&')}%`;
        all.where(any =>
          any
            .whereILike('name', pattern)
            .orWhereILike('owner', pattern)
            .orWhereILike('system', pattern),
        );
      }
      if (filter) {
        applyPermissionFilter(all, filter);
      }
    });
}

/** A row as pages and agents see it. */
export function fleetEnvironmentOf(
  row: FleetRow,
  { newest, now }: Pick<FleetSurroundings, 'newest' | 'now'>,
): FleetEnvironment {
  const expiresAt = row.expires_at?.toISOString();
  const turn =
    row.schedule &&
    nextTurn(
      {
        expiresAt,
        schedule: {
          ...row.schedule,
          override: row.schedule_override ?? undefined,
        },
      },
      now,
    );
  return {
    id: row.id,
    name: row.name,
    owner: row.owner,
    system: row.system,
    accountId: row.account_id,
    region: row.region,
    size: row.size,
    engine: row.engine,
    blueprint: { id: row.blueprint_id, version: row.blueprint_version },
    status: row.status,
    createdAt: row.created_at.toISOString(),
    ...(row.status_reason && { statusReason: row.status_reason }),
    ...(row.last_run_id && { lastRunId: row.last_run_id }),
    ...(row.active_run_id && {
      activeRun: {
        runId: row.active_run_id,
        operation: row.active_operation!,
        startedBy: row.active_started_by!,
        since: row.active_since!.toISOString(),
      },
    }),
    ...(row.freeze_by && {
      freeze: {
        by: row.freeze_by,
        reason: row.freeze_reason!,
        since: row.freeze_since!.toISOString(),
      },
    }),
    ...(row.drift !== 'unchecked' && {
      drift:
        row.drift === 'unknown' && row.drift_state !== 'unknown'
          ? { state: row.drift, at: row.updated_at.toISOString(), resources: 0 }
          : {
              state: row.drift,
              at: row.drift_at!.toISOString(),
              resources: row.drift_resources!,
            },
    }),
    ...(row.monthly_estimate_usd !== null && {
      estimate: {
        monthlyUsd: row.monthly_estimate_usd,
        pricesOf: row.estimate_prices_of!,
        planId: row.estimate_plan_id!,
      },
    }),
    ...(row.sleep_state && {
      sleep: { state: row.sleep_state, since: row.sleep_since!.toISOString() },
    }),
    ...(turn && { nextTurn: turn }),
    ...(expiresAt && { expiresAt }),
    ...(row.version === 'outdated' && {
      newerVersion: newest.get(row.blueprint_id),
    }),
  };
}
