import type { EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import type {
  CostEstimate,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { PlanToReview } from '@slipway/plugin-infra-scaffolder-node';
import { cedarDecimal } from '../facts/project';
import { PLAN, TEAM } from '../rules/baseSchema';
import type { PolicySettings } from '../config';

/** US dollars as a whole number of ten-thousandths, which Cedar's decimals are. */
function tenThousandths(usd: string): bigint {
  const [whole, fraction = ''] = usd.split('.');
  return BigInt(whole + fraction.slice(0, 4).padEnd(4, '0'));
}

function usdOf(amount: bigint): string {
  const digits = amount.toString().padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** Adds amounts of US dollars, given as decimal text. */
export function sumUsd(amounts: string[]): string {
  return usdOf(amounts.map(tenThousandths).reduce((a, b) => a + b, 0n));
}

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
        teamMonthlyUsd: cedarDecimal(sumUsd([own, ...estimated]))!,
      }),
    },
    parents: [],
  };
}
