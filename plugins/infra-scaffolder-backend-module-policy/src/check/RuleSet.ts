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

const APPLY = [{ type: ACTION, id: 'apply' }];
const PARENTS: Record<Operation, typeof APPLY> = {
  create: APPLY,
  update: APPLY,
  destroy: [],
};

/** A policy that asks which one of its kind a resource is; others say the same of all that are alike. */
const ASKS_WHICH_ONE = /\bpath\b|\bresource\s*==|==\s*resource\b/;

/**
 * Rules, ready to be asked. They are parsed once, and apart for each type of resource, because Cedar goes through every
 * policy that it is given. Of resources that are alike in all that a rule can look at, Cedar is asked once in a plan.
 */
export class RuleSet {
  readonly #rules: Map<string, Rule>;
  readonly #setOf = new Map<string, string>();
  readonly #asksWhichOne = new Set<string>();
  readonly #said = new WeakMap<Circumstances, Map<string, Rule[]>>();

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
      if (about.some(({ policy }) => ASKS_WHICH_ONE.test(policy))) {
        this.#asksWhichOne.add(type);
      }
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
    const said = this.#said.get(circumstances) ?? new Map<string, Rule[]>();
    this.#said.set(circumstances, said);
    const alike = this.#alikeness(type, entity);
    const rules =
      said.get(alike) ?? this.#ask(entity, circumstances, preparsedPolicySetId);
    said.set(alike, rules);
    return rules;
  }

  #alikeness(type: string, entity: EntityJson): string {
    const { path, ...attrs } = entity.attrs;
    return JSON.stringify([
      type,
      attrs,
      entity.tags,
      entity.parents,
      ...(this.#asksWhichOne.has(type) ? [path, entity.uid] : []),
    ]);
  }

  #ask(
    entity: EntityJson,
    circumstances: Circumstances,
    preparsedPolicySetId: string,
  ): Rule[] {
    const { type } = entity.uid as { type: string };
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
