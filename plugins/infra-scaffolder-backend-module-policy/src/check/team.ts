import type { EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import {
  type CostEstimate,
  type Environment,
  sumDecimals,
} from '@slipway/plugin-infra-scaffolder-common';
import type { PlanToReview } from '@slipway/plugin-infra-scaffolder-node';
import { cedarDecimal } from '../facts/project';
import { PLAN, TEAM } from '../rules/baseSchema';
import type { PolicySettings } from '../config';

export function teamEntity(
  { owner }: Pick<Environment, 'owner'>,
  { monthlyCeilings }: Pick<PolicySettings, 'monthlyCeilings'>,
): EntityJson {
  const ceiling = monthlyCeilings.teams[owner] ?? monthlyCeilings.default;
  const usd = ceiling && cedarDecimal(ceiling);
  return {
    uid: { type: TEAM, id: owner },
    attrs: usd ? { monthlyCeilingUsd: usd } : {},
    parents: [],
  };
}

/** The plan as a whole: what it comes to, and with it the team. */
export function planEntity(
  plan: PlanToReview & { estimate?: CostEstimate },
): EntityJson {
  const others = plan.teamEnvironments ?? [];
  const estimated = others.flatMap(({ monthlyUsd }) => monthlyUsd ?? []);
  const own = plan.estimate?.monthlyUsd;
  return {
    uid: { type: PLAN, id: plan.environment.id },
    attrs: {
      unestimated: others
        .filter(({ monthlyUsd }) => monthlyUsd === undefined)
        .map(({ name }) => name),
      ...(own !== undefined && {
        monthlyUsd: cedarDecimal(own)!,
        teamMonthlyUsd: cedarDecimal(sumDecimals([own, ...estimated]))!,
      }),
    },
    parents: [],
  };
}
