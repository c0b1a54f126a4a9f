import type {
  PolicyEffect,
  PolicyRule,
} from '@slipway/plugin-infra-scaffolder-common';
import { PLAN } from '../rules/baseSchema';
import type { PlanSchema } from '../rules/readSchema';
import type { Rule } from '../rules/types';

const STRICTEST: PolicyEffect[] = ['deny', 'warn', 'off'];

/** The types of resource in which something of a type is found, as CloudFormation has them. */
function resourcesWith(type: string, { types, parts }: PlanSchema): string[] {
  const owners = [...parts]
    .filter(([, within]) => within.some(part => part.type === type))
    .map(([owner]) => owner);
  return types.get(type)?.isElement ? owners : [...owners, type];
}

/** Policies of one rule together, in the order of their files. */
export function rulesOf(rules: Rule[], schema: PlanSchema): PolicyRule[] {
  const byId = new Map<string, PolicyRule>();
  for (const { id, rule, title, effect, types, ...said } of rules) {
    const told = byId.get(rule) ?? { rule, title, effect, policies: [] };
    told.policies.push({
      id,
      effect,
      types: [
        ...new Set(
          types
            .filter(type => type !== PLAN)
            .flatMap(type => resourcesWith(type, schema)),
        ),
      ],
      message: said.message,
      mend: said.mend,
      unknown: said.unknown,
      text: said.policy,
    });
    told.effect = STRICTEST.find(each =>
      told.policies.some(policy => policy.effect === each),
    )!;
    byId.set(rule, told);
  }
  return [...byId.values()];
}
