import type { EnvironmentPatch } from './types';
import type { EnvironmentRow } from './tables';

type EnvironmentColumns = Partial<EnvironmentRow>;

function columnsOf<T>(
  value: T | null | undefined,
  columns: (value: T | null) => EnvironmentColumns,
): EnvironmentColumns {
  return value === undefined ? {} : columns(value);
}

/** Column values of a patch: what is `undefined` is not among them. */
export function patchColumns(patch: EnvironmentPatch): EnvironmentColumns {
  const columns: EnvironmentColumns = {
    status: patch.status,
    status_reason: patch.statusReason,
    ready_at: patch.readyAt,
    destroyed_at: patch.destroyedAt,
    size: patch.size,
    parameters: patch.parameters,
    blueprint_version: patch.blueprintVersion,
    outputs: patch.outputs && { items: patch.outputs },
    engine_state: patch.engineState,
    undo: patch.undo,
    partner_id: patch.partnerId,
    ...columnsOf(patch.activeRun, run => ({
      active_run_id: run?.runId ?? null,
      active_operation: run?.operation ?? null,
      active_started_by: run?.startedBy ?? null,
      active_since: run?.since ?? null,
      ...(run && { last_run_id: run.runId }),
    })),
    ...columnsOf(patch.estimate, estimate => ({
      monthly_estimate_usd: estimate?.monthlyUsd ?? null,
      estimate_prices_of: estimate?.pricesOf ?? null,
      estimate_plan_id: estimate?.planId ?? null,
    })),
    ...columnsOf(patch.end, end => ({
      expires_at: end?.at ?? null,
      expiry_set_at: end?.setAt ?? null,
      expiry_consent: end?.consent ?? null,
      expiry_retry_at: null,
      expiry_failures: 0,
      expiry_paused_because: null,
    })),
    ...columnsOf(patch.freeze, freeze => ({
      freeze_by: freeze?.by ?? null,
      freeze_reason: freeze?.reason ?? null,
      freeze_since: freeze?.since ?? null,
    })),
    ...columnsOf(patch.lease, lease => ({
      lease_id: lease?.id ?? null,
      lease_by: lease?.by ?? null,
      lease_reason: lease?.reason ?? null,
      lease_since: lease?.since ?? null,
      lease_until: lease?.until ?? null,
    })),
  };
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== undefined),
  );
}
