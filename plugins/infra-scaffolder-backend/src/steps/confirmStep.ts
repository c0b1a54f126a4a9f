import {
  CONFIRM_SIGNAL,
  INFRA_EVENT_CODES,
} from '@slipway/plugin-infra-scaffolder-common';
import { StepFailedError, type StepHandler } from '@slipway/plugin-runs-node';
import type { JsonObject, JsonValue } from '@backstage/types';
import { refusalOfOwnFreeze, refuseStep } from '../freezes/refusal';
import { STEPS } from '../services/environmentRun';
import { runPath } from '../services/paths';
import {
  loadRequest,
  type ConfirmOutput,
  type PlanOutput,
  type StepServices,
} from './context';
import { confirmByConsent } from './endings';

function hashIn(payload: JsonValue): string | undefined {
  return payload !== null &&
    typeof payload === 'object' &&
    !Array.isArray(payload) &&
    typeof payload.planHash === 'string'
    ? payload.planHash
    : undefined;
}

/** Waits until a person confirms the plan by its hash; a destroy at an environment's end was agreed to before. */
export function confirmStep(
  services: StepServices,
): StepHandler<JsonObject, ConfirmOutput> {
  return {
    type: STEPS.confirm.type,
    async execute(ctx) {
      const { environment } = await loadRequest(ctx, services);
      const plan = ctx.output<PlanOutput>(STEPS.plan.id);
      if (!plan) {
        throw new StepFailedError({
          code: 'infra.not-planned',
          message: `There is no plan for ${environment.name} to confirm.`,
          mend: 'Cancel the run and begin again.',
        });
      }
      const byConsent = await confirmByConsent(
        ctx,
        services,
        environment,
        plan,
      );
      if (byConsent) {
        return byConsent;
      }
      if (!ctx.checkpoint?.notified) {
        await services.announcer.notify(ctx.run.createdBy, {
          title: `${ctx.run.title}: the plan awaits your confirmation`,
          description: `Plan ${plan.planId} is made. Nothing happens before you confirm it.`,
          link: runPath(ctx.run.id),
          severity: 'normal',
        });
        await ctx.saveCheckpoint({ notified: true });
      }

      const signal = await ctx.waitForSignal(CONFIRM_SIGNAL, {
        title: `Confirmation of plan ${plan.planId}`,
      });
      if (hashIn(signal.payload) !== plan.planHash) {
        throw new StepFailedError({
          code: 'infra.plan-changed',
          message: `${signal.actor} confirmed another plan than ${plan.planId}.`,
          mend: 'Look at the plan again, retry this step, and confirm what it shows now.',
        });
      }
      refuseStep(refusalOfOwnFreeze(environment));
      await ctx.emit({
        code: INFRA_EVENT_CODES.confirmed,
        message: `${signal.actor} confirmed plan ${plan.planId}.`,
        data: { planId: plan.planId },
      });
      return {
        planHash: plan.planHash,
        confirmedBy: signal.actor,
        statusBefore: environment.status,
      };
    },
  };
}
