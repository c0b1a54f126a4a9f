import {
  INFRA_EVENT_CODES,
  type Blueprint,
  type EnvironmentOutput,
  type Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { RunEvent } from '@slipway/plugin-runs-common';
import type { RunEngine, StepHandler } from '@slipway/plugin-runs-node';
import type { JsonObject } from '@backstage/types';
import type { EnvironmentPatch } from '../database/types';
import { receiptOf } from '../receipt/receiptOf';
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
export function estimateOf(
  plan: Plan | undefined,
): EnvironmentPatch['estimate'] {
  return plan?.estimate
    ? {
        monthlyUsd: plan.estimate.monthlyUsd,
        pricesOf: plan.estimate.pricesOf,
        planId: plan.id,
      }
    : null;
}

const EVENTS_AT_A_TIME = 500;

async function eventsOf(runs: RunEngine, runId: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  let page: RunEvent[];
  do {
    page = await runs.events(runId, {
      after: events.at(-1)?.sequence ?? 0,
      limit: EVENTS_AT_A_TIME,
    });
    events.push(...page);
  } while (page.length === EVENTS_AT_A_TIME);
  return events;
}

/** Writes into the registry what the apply brought forth; of a destroy, its receipt. */
export function recordStep(
  services: StepServices,
  runs: RunEngine,
): StepHandler {
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
      if (request.operation === 'destroy' && planned) {
        await services.receipts.keep(
          receiptOf(
            environment,
            await runs.get(ctx.run.id),
            planned.plan,
            await eventsOf(runs, ctx.run.id),
          ),
        );
      }
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
