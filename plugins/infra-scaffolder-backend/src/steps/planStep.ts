import {
  approvalOf,
  EXPIRY_ACTOR,
  INFRA_EVENT_CODES,
  type ResourceChange,
} from '@slipway/plugin-infra-scaffolder-common';
import type { StepHandler } from '@slipway/plugin-runs-node';
import type { JsonObject } from '@backstage/types';
import { refusalOfOwnFreeze, refuseStep } from '../freezes/refusal';
import { inputsOf, STEPS } from '../services/environmentRun';
import { loadRequest, type PlanOutput, type StepServices } from './context';
import { discardPlan, orDiscard } from './discardPlan';
import { plannedExpiry } from './endings';
import { planHash } from './planHash';
import { reviewPlan } from './reviewPlan';
import { teamEnvironments } from './teamEnvironments';

function countsOf(changes: ResourceChange[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { action } of changes) {
    counts[action] = (counts[action] ?? 0) + 1;
  }
  return counts;
}

function sentenceOf(counts: Record<string, number>): string {
  const words: Array<[string, string]> = [
    ['create', 'to create'],
    ['update', 'to change'],
    ['replace', 'to replace'],
    ['delete', 'to delete'],
  ];
  const parts = words
    .filter(([action]) => counts[action])
    .map(([action, word]) => `${counts[action]} ${word}`);
  return parts.length > 0 ? parts.join(', ') : 'nothing to change';
}

/** Asks the engine what would happen, and keeps exactly that. */
export function planStep(
  services: StepServices,
): StepHandler<JsonObject, PlanOutput> {
  return {
    type: STEPS.plan.type,
    async execute(ctx) {
      const { environment, engine, request } = await loadRequest(ctx, services);
      refuseStep(refusalOfOwnFreeze(environment));
      const { changes, resources, warnings, artifact, basis } = await orDiscard(
        ctx,
        services,
        () => engine.plan(ctx, request),
      );
      const reviewed = await reviewPlan(
        {
          environment: request.environment,
          operation: request.operation,
          parameters: request.parameters,
          changes,
          resources,
          ...(services.reviews.checker && {
            teamEnvironments: teamEnvironments(
              environment,
              await services.environments.holders(),
            ),
          }),
          at: ctx.now(),
        },
        services.reviews,
      );
      const hash = planHash({
        operation: request.operation,
        environmentId: environment.id,
        artifact,
        basis,
      });
      const id = hash.slice(0, 12);
      const approval = approvalOf(
        {
          plan: {
            operation: request.operation,
            changes,
            estimate: reviewed.review.estimate,
          },
          accountId: environment.accountId,
          size: request.environment.size,
          sizeBefore: environment.size,
          costIsUnknown:
            services.reviews.estimator !== undefined &&
            !reviewed.review.estimate,
          isUnattended:
            inputsOf(ctx.run).purpose?.kind === 'expiry' &&
            ctx.run.createdBy === EXPIRY_ACTOR,
        },
        services.approvalPolicy,
        ctx.now(),
      );
      const expiry = plannedExpiry(
        environment,
        request,
        services.lifetimeRules,
        ctx.now(),
      );
      await services.plans.insert({
        plan: {
          id,
          hash,
          runId: ctx.run.id,
          environmentId: environment.id,
          operation: request.operation,
          createdAt: ctx.now().toISOString(),
          changes,
          warnings: [
            ...warnings,
            ...reviewed.warnings,
            ...(expiry ? [expiry.words] : []),
          ],
          ...reviewed.review,
          ...(approval && { approval }),
          ...(expiry && { expiry }),
        },
        artifact,
        basis,
      });
      const counts = countsOf(changes);
      await ctx.emit({
        code: INFRA_EVENT_CODES.planned,
        message: `Plan ${id}: ${sentenceOf(counts)}.`,
        data: { planId: id, counts },
      });
      return { planId: id, planHash: hash, counts };
    },
    cancel: ctx => discardPlan(ctx, services),
    compensate: ctx => discardPlan(ctx, services),
  };
}
