import type {
  CostEstimate,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { PlanToReview } from '@slipway/plugin-infra-scaffolder-node';
import type { ReviewRegistry } from '../registry/ReviewRegistry';

/**
 * What a plan comes to and what the policies say of it. A plan that nobody can price is still a plan, with a warning;
 * one that nobody can check is none.
 */
export async function reviewPlan(
  plan: PlanToReview,
  { estimator, checker }: ReviewRegistry,
): Promise<{
  review: Pick<Plan, 'estimate' | 'findings'>;
  warnings: string[];
}> {
  const warnings: string[] = [];
  let estimate: CostEstimate | undefined;
  try {
    estimate = await estimator?.estimate(plan);
  } catch (error) {
    warnings.push(
      `What it costs could not be worked out: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
  const findings = await checker?.check({ ...plan, estimate });
  return {
    review: { ...(estimate && { estimate }), ...(findings && { findings }) },
    warnings,
  };
}
