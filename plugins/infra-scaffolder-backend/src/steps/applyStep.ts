import {
  PLAN_STALE,
  type EnvironmentStatus,
  type Operation,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  StepFailedError,
  type StepContext,
  type StepHandler,
} from '@slipway/plugin-runs-node';
import type { JsonObject } from '@backstage/types';
import { inputsOf, STEPS } from '../services/environmentRun';
import { refuseUnapproved, useApproval } from './approveStep';
import { discardPlan, orDiscard } from './discardPlan';
import {
  loadRequest,
  plannedBy,
  refuseDenied,
  refuseInFreeze,
  refuseStranger,
  type ApplyOutput,
  type ConfirmOutput,
  type StepServices,
} from './context';
import { holdForApply, refuseDepended, refuseExtended } from './endings';

export const STATUS_WHILE_APPLYING: Record<Operation, EnvironmentStatus> = {
  create: 'creating',
  update: 'updating',
  destroy: 'destroying',
};

function isStale(error: unknown): boolean {
  return error instanceof StepFailedError && error.problem.code === PLAN_STALE;
}

async function undo(ctx: StepContext, services: StepServices): Promise<void> {
  const { environment, engine, request } = await loadRequest(ctx, services);
  if (environment.status !== STATUS_WHILE_APPLYING[request.operation]) {
    await discardPlan(ctx, services);
    return;
  }
  const planned = await plannedBy(ctx, services.plans);
  const outcome = await engine.cancel(ctx, {
    ...request,
    artifact: planned?.artifact,
  });
  await services.environments.update(
    environment.id,
    { undo: { runId: ctx.run.id, ...outcome } },
    { at: ctx.now(), onlyFor: ctx.run.id },
  );
}

/** Has the engine do exactly what was confirmed; undone by the engine when the run is cancelled. */
export function applyStep(
  services: StepServices,
): StepHandler<JsonObject, ApplyOutput> {
  return {
    type: STEPS.apply.type,
    async execute(ctx) {
      const { environment, engine, request } = await loadRequest(ctx, services);
      const planned = await plannedBy(ctx, services.plans);
      const confirmed = ctx.output<ConfirmOutput>(STEPS.confirm.id);
      if (!planned || confirmed?.planHash !== planned.plan.hash) {
        throw new StepFailedError({
          code: 'infra.not-confirmed',
          message: `Nobody confirmed the plan for ${environment.name}.`,
          mend: 'Cancel the run and begin again.',
        });
      }
      const { operation } = request;
      const hasBegun = planned.applyAttempt !== undefined;
      // A crash is gone on from; what a person takes up again is asked anew whether it may go on now.
      if (planned.applyAttempt !== ctx.step.attempt) {
        refuseExtended(ctx, environment);
        await refuseStranger(ctx, services, environment);
        await refuseInFreeze(ctx, services, {
          environments: [environment, request.environment],
          hash: planned.plan.hash,
        });
      }
      if (!hasBegun) {
        await refuseDepended(ctx, services, environment);
        refuseUnapproved(
          environment.name,
          planned.plan,
          await services.approvals.find(
            ctx.run.id,
            planned.plan.hash,
            ctx.now(),
          ),
          ctx.now(),
        );
        await refuseDenied(ctx, services, planned.plan);
        await useApproval(ctx, services, environment.name, planned.plan);
      }
      const held = await holdForApply(
        ctx,
        services,
        planned.plan,
        STATUS_WHILE_APPLYING[operation],
      );
      if (!held) {
        throw new StepFailedError({
          code: 'infra.not-held',
          message: `${environment.name} is no longer held by this run.`,
          mend: 'Look at its newest run.',
        });
      }
      await services.announcer.changed(
        environment,
        STATUS_WHILE_APPLYING[operation],
        ctx.run.id,
      );
      const { outputs, engineState } = await orDiscard(
        ctx,
        services,
        () =>
          engine.apply(ctx, {
            ...request,
            artifact: planned.artifact,
            basis: planned.basis,
          }),
        isStale,
      ).catch(async error => {
        if (isStale(error) && !hasBegun) {
          await services.plans.setApplyAttempt(
            ctx.run.id,
            planned.plan.hash,
            null,
          );
        }
        if (isStale(error) && !hasBegun && operation !== 'create') {
          await services.environments.update(
            environment.id,
            { status: confirmed.statusBefore ?? 'ready' },
            { at: ctx.now(), onlyFor: ctx.run.id },
          );
        }
        throw error;
      });
      return { outputs, engineState };
    },
    async cancel(ctx) {
      await undo(ctx, services);
    },
    async compensate(ctx) {
      if (inputsOf(ctx.run).operation === 'create') {
        await undo(ctx, services);
      }
    },
  };
}
