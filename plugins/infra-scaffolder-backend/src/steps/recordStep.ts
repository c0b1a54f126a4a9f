import {
  INFRA_EVENT_CODES,
  type Blueprint,
  type EnvironmentOutput,
  type Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { StepHandler } from '@slipway/plugin-runs-node';
import type { JsonObject } from '@backstage/types';
import type { EnvironmentPatch } from '../database/types';
import { STEPS } from '../services/environmentRun';
import {
  loadRequest,
  plannedBy,
  type ApplyOutput,
  type StepServices,
} from './context';

/** Outputs in the blueprint's order and words; those it does not name are left out. */
function titled(
  outputs: Record<string, string>,
  blueprint: Blueprint,
): EnvironmentOutput[] {
  return blueprint.outputs.flatMap(output =>
    Object.hasOwn(outputs, output.key)
      ? [{ ...output, value: outputs[output.key] }]
      : [],
  );
}

/** What it costs from now on; null where nobody said. */
function estimateOf(plan: Plan | undefined): EnvironmentPatch['estimate'] {
  return plan?.estimate
    ? {
        monthlyUsd: plan.estimate.monthlyUsd,
        pricesOf: plan.estimate.pricesOf,
        planId: plan.id,
      }
    : null;
}

/** Writes into the registry what the apply brought forth. */
export function recordStep(services: StepServices): StepHandler {
  return {
    type: STEPS.record.type,
    async execute(ctx): Promise<JsonObject> {
      const { environment, request } = await loadRequest(ctx, services);
      const applied = ctx.output<ApplyOutput>(STEPS.apply.id);
      if (!applied) {
        return {};
      }
      const outputs =
        request.operation === 'destroy'
          ? []
          : titled(applied.outputs, request.blueprint.blueprint);
      const planned = await plannedBy(ctx, services.plans);
      await services.environments.update(
        environment.id,
        {
          outputs,
          engineState: applied.engineState,
          estimate: estimateOf(planned?.plan),
        },
        { at: ctx.now(), onlyFor: ctx.run.id },
      );
      const keys = outputs.map(({ key }) => key);
      await ctx.emit({
        code: INFRA_EVENT_CODES.outputs,
        message:
          keys.length > 0
            ? `Recorded ${keys.length} outputs.`
            : 'Recorded that nothing is left.',
        data: { outputs: keys },
      });
      return { outputs: keys };
    },
  };
}
