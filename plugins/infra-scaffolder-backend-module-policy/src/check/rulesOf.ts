import type {
  PolicyEffect,
  PolicyRule,
} from '@slipway/plugin-infra-scaffolder-common';
import { PLAN } from '../rules/baseSchema';
import type { Rule } from '../rules/types';

const STRICTEST: PolicyEffect[] = ['deny', 'warn', 'off'];

/** Policies of one rule together, in the order of their files. */
export function rulesOf(rules: Rule[]): PolicyRule[] {
  const byId = new Map<string, PolicyRule>();
  for (const { id, rule, title, effect, types, ...said } of rules) {
    const told = byId.get(rule) ?? { rule, title, effect, policies: [] };
    told.policies.push({
      id,
      effect,
      types: types.filter(type => type !== PLAN),
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
