import type { JsonObject } from '@backstage/types';
import type {
  DriftState,
  DriftSummary,
  Environment,
  EnvironmentOutput,
  EnvironmentStatus,
  EngineId,
  EnvironmentSchedule,
  EnvironmentSleep,
  ExpiryConsent,
  Operation,
} from '@slipway/plugin-infra-scaffolder-common';

export const TABLES = {
  environments: 'environments',
  plans: 'plans',
  activity: 'activity',
  idempotencyKeys: 'idempotency_keys',
  approvals: 'approvals',
  freezePeriods: 'freeze_periods',
  freezeOverrides: 'freeze_overrides',
  lifetimeWarnings: 'lifetime_warnings',
  destroyReceipts: 'destroy_receipts',
  exemptions: 'exemptions',
  heldAmounts: 'held_amounts',
} as const;

/** Statuses in which an environment holds neither its name nor its addresses. */
export const ENDED_STATUSES: EnvironmentStatus[] = ['destroyed', 'cancelled'];

export interface EnvironmentRow {
  id: string;
  name: string;
  owner: string;
  system: string;
  account_id: string;
  region: string;
  size: string;
  cidr: string;
  engine: EngineId;
  blueprint_id: string;
  blueprint_version: string;
  parameters: JsonObject;
  status: EnvironmentStatus;
  status_reason: string | null;
  created_by: string;
  created_at: Date;
  updated_at: Date;
  ready_at: Date | null;
  destroyed_at: Date | null;
  outputs: { items: EnvironmentOutput[] };
  engine_state: JsonObject;
  active_run_id: string | null;
  active_operation: Operation | null;
  active_started_by: string | null;
  active_since: Date | null;
  last_run_id: string | null;
  freeze_by: string | null;
  freeze_reason: string | null;
  freeze_since: Date | null;
  lease_id: string | null;
  lease_by: string | null;
  lease_reason: string | null;
  lease_since: Date | null;
  lease_until: Date | null;
  undo: { runId: string; leftInAws: boolean; sentence: string } | null;
  /** Decimal text, as PostgreSQL gives numerics. */
  monthly_estimate_usd: string | null;
  estimate_prices_of: string | null;
  estimate_plan_id: string | null;
  partner_id: string | null;
  drift_state: DriftState | null;
  drift_at: Date | null;
  drift_resources: number | null;
  drift_run_id: string | null;
  expires_at: Date | null;
  expiry_set_at: Date | null;
  expiry_consent: ExpiryConsent | null;
  expiry_retry_at: Date | null;
  expiry_failures: number;
  expiry_paused_because: string | null;
  schedule: Pick<EnvironmentSchedule, 'hours' | 'consent'> | null;
  schedule_override: EnvironmentSchedule['override'] | null;
  sleep_held_up_by: string | null;
  sleep_retry_at: Date | null;
  sleep_failures: number;
  sleep_state: EnvironmentSleep['state'] | null;
  sleep_since: Date | null;
  sleep_run_id: string | null;
  sleep_looked_at: Date | null;
  slept: { items: EnvironmentSleep['slept'] } | null;
}

export interface HeldAmountRow {
  environment_id: string;
  run_id: string;
  /** Decimal text, as PostgreSQL gives numerics. */
  monthly_usd: string | null;
}

export interface PlanRow {
  run_id: string;
  hash: string;
  environment_id: string;
  operation: Operation;
  created_at: Date;
  body: Buffer;
  apply_attempt: number | null;
}

export interface ActivityRow {
  id: string;
  environment_id: string;
  at: Date;
  actor: string;
  action: string;
  message: string;
  run_id: string | null;
}

export interface IdempotencyKeyRow {
  actor: string;
  key: string;
  fingerprint: string;
  environment_id: string;
  run_id: string;
  created_at: Date;
}

/** Once a later run has worked on it, nobody knows until it is checked again. */
function driftOf(row: EnvironmentRow): DriftSummary {
  const isOld = !row.active_run_id && row.drift_run_id !== row.last_run_id;
  return {
    state: isOld ? 'unknown' : row.drift_state!,
    at: (isOld ? row.updated_at : row.drift_at!).toISOString(),
    resources: isOld ? 0 : row.drift_resources!,
  };
}

function endOf(row: EnvironmentRow): Pick<Environment, 'expiresAt' | 'expiry'> {
  return {
    expiresAt: row.expires_at!.toISOString(),
    expiry: {
      setAt: row.expiry_set_at!.toISOString(),
      consent: row.expiry_consent!,
      ...(row.expiry_paused_because && { heldUpBy: row.expiry_paused_because }),
      ...(row.expiry_retry_at && {
        retryAt: row.expiry_retry_at.toISOString(),
      }),
    },
  };
}

function scheduleOf(
  row: EnvironmentRow,
): Pick<Environment, 'schedule' | 'sleep'> {
  return {
    ...(row.schedule && {
      schedule: {
        ...row.schedule,
        ...(row.schedule_override && { override: row.schedule_override }),
        ...(row.sleep_held_up_by && { heldUpBy: row.sleep_held_up_by }),
      },
    }),
    ...(row.sleep_state && {
      sleep: {
        state: row.sleep_state,
        since: row.sleep_since!.toISOString(),
        runId: row.sleep_run_id!,
        slept: row.slept?.items ?? [],
        ...(row.sleep_retry_at && {
          retryAt: row.sleep_retry_at.toISOString(),
        }),
      },
    }),
  };
}

/** A row as the rest of the back end sees it; an expired lease is none. */
export function environmentOf(row: EnvironmentRow, now: Date): Environment {
  return {
    id: row.id,
    name: row.name,
    owner: row.owner,
    system: row.system,
    accountId: row.account_id,
    region: row.region,
    size: row.size,
    cidr: row.cidr,
    engine: row.engine,
    blueprint: { id: row.blueprint_id, version: row.blueprint_version },
    parameters: row.parameters,
    status: row.status,
    statusReason: row.status_reason ?? undefined,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    readyAt: row.ready_at?.toISOString(),
    destroyedAt: row.destroyed_at?.toISOString(),
    outputs: row.outputs.items,
    engineState: row.engine_state,
    lastRunId: row.last_run_id ?? undefined,
    ...(row.monthly_estimate_usd !== null && {
      estimate: {
        monthlyUsd: row.monthly_estimate_usd,
        pricesOf: row.estimate_prices_of!,
        planId: row.estimate_plan_id!,
      },
    }),
    ...(row.drift_state && { drift: driftOf(row) }),
    ...(row.expires_at && endOf(row)),
    ...scheduleOf(row),
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
    ...(row.lease_id &&
      row.lease_until! > now && {
        lease: {
          id: row.lease_id,
          by: row.lease_by!,
          reason: row.lease_reason!,
          since: row.lease_since!.toISOString(),
          until: row.lease_until!.toISOString(),
        },
      }),
  };
}
