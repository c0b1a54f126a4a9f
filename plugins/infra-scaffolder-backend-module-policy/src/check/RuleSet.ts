import { randomUUID } from 'node:crypto';
import {
  preparsePolicySet,
  statefulIsAuthorized,
  type CedarValueJson,
  type EntityJson,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { Operation } from '@slipway/plugin-infra-scaffolder-common';
import { ACTION } from '../rules/baseSchema';
import type { Rule } from '../rules/types';

/** What is the same for everything in a plan. */
export interface Circumstances {
  operation: Operation;
  team: EntityJson;
  context: Record<string, CedarValueJson>;
}

/**
 * Rules, ready to be asked. They are parsed once, and apart for each type of resource, because Cedar goes through every
 * policy that it is given.
 */
export class RuleSet {
  readonly #rules: Map<string, Rule>;
  readonly #setOf = new Map<string, string>();

  static create(rules: Rule[]): RuleSet {
    return new RuleSet(rules);
  }

  private constructor(rules: Rule[]) {
    this.#rules = new Map(rules.map(rule => [rule.id, rule]));
    const types = new Set(rules.flatMap(rule => rule.types));
    for (const type of types) {
      const name = `${type}/${randomUUID()}`;
      const about = rules.filter(rule => rule.types.includes(type));
      const answer = preparsePolicySet(name, {
        staticPolicies: Object.fromEntries(
          about.map(({ id, policy }) => [id, policy]),
        ),
      });
      if (answer.type === 'failure') {
        throw new Error(answer.errors.map(({ message }) => message).join('; '));
      }
      this.#setOf.set(type, name);
    }
  }

  /**
   * The rules that it is against, in the order of their files.
   * @throws Error where a rule cannot be evaluated: then nothing is known, and nothing is let through.
   */
  against(entity: EntityJson, circumstances: Circumstances): Rule[] {
    const { type } = entity.uid as { type: string };
    const preparsedPolicySetId = this.#setOf.get(type);
    if (!preparsedPolicySetId) {
      return [];
    }
    const { operation, team, context } = circumstances;
    const answer = statefulIsAuthorized({
      principal: team.uid,
      action: { type: ACTION, id: operation },
      resource: entity.uid,
      context,
      preparsedPolicySetId,
      entities: [
        team,
        entity,
        {
          uid: { type: ACTION, id: operation },
          attrs: {},
          parents: PARENTS[operation],
        },
      ],
    });
    if (answer.type === 'failure') {
      throw new Error(
        `Cedar did not take ${type}: ${answer.errors
          .map(({ message }) => message)
          .join('; ')}`,
      );
    }
    const { reason, errors } = answer.response.diagnostics;
    if (errors.length > 0) {
      const [{ policyId, error }] = errors;
      throw new Error(
        `Rule ${policyId} could not be evaluated on ${type}: ${error.message}`,
      );
    }
    const matched = new Set(reason);
    return [...this.#rules.values()].filter(({ id }) => matched.has(id));
  }
}

const APPLY = [{ type: ACTION, id: 'apply' }];
const PARENTS: Record<Operation, typeof APPLY> = {
  create: APPLY,
  update: APPLY,
  destroy: [],
};
