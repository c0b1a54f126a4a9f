import type { JsonObject } from '@backstage/types';
import type {
  CostEstimate,
  Environment,
  Operation,
  PolicyFinding,
  PolicyRule,
  ResourceChange,
} from '@slipway/plugin-infra-scaffolder-common';
import type { PlannedResources } from './engine';

/** A plan before anybody has seen it. @public */
export interface PlanToReview {
  /** As it is to become. */
  environment: Environment;
  operation: Operation;
  /** Complete: schema defaults, then the size, then the person's values. */
  parameters: JsonObject;
  changes: ResourceChange[];
  resources: PlannedResources;
  /**
   * The team's other living environments, and what each comes to a month by the plan that was applied last or one that
   * was confirmed since, whichever is more; absent where none was estimated. Decimal text.
   */
  teamEnvironments?: Array<{ name: string; monthlyUsd?: string }>;
  /** UTC. */
  at: Date;
}

/** Says what a plan comes to a month. @public */
export interface CostEstimator {
  estimate(plan: PlanToReview): Promise<CostEstimate>;
}

/** Says what of a plan is against the rules. @public */
export interface PolicyChecker {
  /** Asked once more when a plan is confirmed, without its resources: what is said then of the plan as a whole counts. */
  check(
    plan: PlanToReview & { estimate?: CostEstimate },
  ): Promise<PolicyFinding[]>;
  /** What it holds plans to, for people to read. */
  rules(): PolicyRule[];
}
