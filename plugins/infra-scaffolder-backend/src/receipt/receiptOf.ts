import {
  INFRA_EVENT_CODES,
  type DestroyReceipt,
  type Environment,
  type EnvironmentResource,
  type Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run, RunEvent } from '@slipway/plugin-runs-common';
import { STEPS } from '../services/environmentRun';
import type { ApproveOutput, ConfirmOutput } from '../steps/context';

/** When each resource was told to be deleted, by its logical id. */
function deletedAt(events: RunEvent[]): Map<string, string> {
  const times = new Map<string, string>();
  for (const { code, data, at } of events) {
    const { logicalId, status } = data as Partial<EnvironmentResource>;
    if (
      code === INFRA_EVENT_CODES.resource &&
      status === 'deleted' &&
      logicalId
    ) {
      times.set(logicalId, at);
    }
  }
  return times;
}

/** What is kept of an environment, by the plan that was confirmed and the journal of the run that applied it. */
export function receiptOf(
  environment: Environment,
  run: Run,
  plan: Plan,
  events: RunEvent[],
): DestroyReceipt {
  const step = (id: string) => run.steps.find(each => each.id === id);
  const confirm = step(STEPS.confirm.id);
  const destroyedAt = step(STEPS.apply.id)?.endedAt ?? plan.createdAt;
  const confirmed = confirm?.output as ConfirmOutput | undefined;
  const approved = step(STEPS.approve.id)?.output as ApproveOutput | undefined;
  const times = deletedAt(events);
  return {
    environmentId: environment.id,
    environmentName: environment.name,
    account: environment.accountId,
    region: environment.region,
    runId: run.id,
    planId: plan.id,
    requestedBy: run.createdBy,
    requestedAt: run.createdAt,
    confirmedBy: confirmed?.confirmedBy ?? run.createdBy,
    confirmedAt: confirm?.endedAt ?? run.createdAt,
    ...(approved?.approvedBy && { approvedBy: approved.approvedBy }),
    ...(environment.expiry && { consent: environment.expiry.consent }),
    destroyedAt,
    deleted: plan.changes
      .filter(({ action }) => action === 'delete')
      .map(({ type, physicalId, logicalId, path }) => ({
        type,
        id: physicalId ?? logicalId,
        path,
        at: times.get(logicalId) ?? destroyedAt,
      }))
      .sort((a, b) => a.at.localeCompare(b.at)),
    kept: plan.changes
      .filter(({ action }) => action === 'unchanged')
      .map(({ type, physicalId, logicalId }) => ({
        type,
        id: physicalId ?? logicalId,
        why: 'The blueprint keeps it when the environment is destroyed.',
      })),
    warnings: plan.warnings,
    ...(plan.estimate && { savedMonthlyUsd: plan.estimate.monthlyBeforeUsd }),
  };
}
