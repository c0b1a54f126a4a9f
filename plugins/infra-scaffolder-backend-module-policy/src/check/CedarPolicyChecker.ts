import type {
  CostEstimate,
  PolicyFinding,
  PolicyRule,
} from '@slipway/plugin-infra-scaffolder-common';
import type {
  PlanToReview,
  PolicyChecker,
} from '@slipway/plugin-infra-scaffolder-node';
import type { PolicySettings } from '../config';
import type { PseudoParameters } from '../facts/intrinsics';
import { subjectsOf } from '../facts/subjects';
import type { PlanSchema } from '../rules/readSchema';
import type { Rule } from '../rules/types';
import { findingOf, merged } from './findings';
import { RuleSet, type Circumstances } from './RuleSet';
import { rulesOf } from './rulesOf';
import { planEntity, teamEntity } from './team';

type ReviewedPlan = PlanToReview & { estimate?: CostEstimate };

function partitionOf(region: string): { partition: string; suffix: string } {
  return region.startsWith('cn-')
    ? { partition: 'aws-cn', suffix: 'amazonaws.com.cn' }
    : {
        partition: region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws',
        suffix: 'amazonaws.com',
      };
}

function pseudoParametersOf({ environment }: PlanToReview): PseudoParameters {
  const { partition, suffix } = partitionOf(environment.region);
  return {
    'AWS::AccountId': environment.accountId,
    'AWS::Region': environment.region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': suffix,
  };
}

/** Holds plans to Cedar policies. */
export class CedarPolicyChecker implements PolicyChecker {
  readonly #schema: PlanSchema;
  readonly #settings: PolicySettings;
  readonly #rules: RuleSet;
  readonly #told: PolicyRule[];

  static create(options: {
    schema: PlanSchema;
    rules: Rule[];
    settings: PolicySettings;
  }): CedarPolicyChecker {
    return new CedarPolicyChecker(options);
  }

  private constructor(options: {
    schema: PlanSchema;
    rules: Rule[];
    settings: PolicySettings;
  }) {
    this.#schema = options.schema;
    this.#settings = options.settings;
    this.#rules = RuleSet.create(
      options.rules.filter(({ effect }) => effect !== 'off'),
    );
    this.#told = rulesOf(options.rules, options.schema);
  }

  rules(): PolicyRule[] {
    return this.#told;
  }

  async check(plan: ReviewedPlan): Promise<PolicyFinding[]> {
    const circumstances = this.#circumstances(plan);
    const said = {
      context: circumstances.context,
      principal: circumstances.team.attrs,
    };
    const whole = planEntity(plan);
    const findings = this.#rules
      .against(whole, circumstances)
      .map(rule => findingOf(rule, { ...said, resource: whole.attrs }));
    if (plan.operation !== 'destroy') {
      const pseudo = pseudoParametersOf(plan);
      for (const resource of plan.resources.after) {
        for (const { entity } of subjectsOf(resource, this.#schema, pseudo)) {
          findings.push(
            ...this.#rules
              .against(entity, circumstances)
              .map(rule =>
                findingOf(rule, { ...said, resource: entity.attrs }, resource),
              ),
          );
        }
      }
    }
    return merged(findings);
  }

  #circumstances({ environment, operation }: PlanToReview): Circumstances {
    return {
      operation,
      team: teamEntity(environment, this.#settings),
      context: {
        stage: this.#settings.stageOf(environment.size),
        size: environment.size,
        environment: environment.name,
        accountId: environment.accountId,
        region: environment.region,
        blueprint: environment.blueprint.id,
        engine: environment.engine,
      },
    };
  }
}
