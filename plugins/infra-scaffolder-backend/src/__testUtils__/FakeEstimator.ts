import type { CostEstimate } from '@slipway/plugin-infra-scaffolder-common';
import type {
  CostEstimator,
  PlanToReview,
} from '@slipway/plugin-infra-scaffolder-node';

/** Each resource costs 21 dollars and a half; what is called `priceless` cannot be told. */
export class FakeEstimator implements CostEstimator {
  async estimate({
    environment,
    resources,
  }: PlanToReview): Promise<CostEstimate> {
    if (environment.name.startsWith('priceless')) {
      throw new Error('the price list cannot be read');
    }
    const cost = (count: number) => (count * 21.5).toFixed(2);
    return {
      pricesOf: '2026-11-01',
      region: environment.region,
      monthlyBeforeUsd: cost(resources.before.length),
      monthlyUsd: cost(resources.after.length),
      lines: resources.after.map(({ logicalId, type, path }) => ({
        logicalId,
        type,
        path,
        title: 'A thing',
        monthlyUsd: cost(1),
        parts: [],
      })),
      unpriced: [],
      assumptions: ['Things are used all the time.'],
    };
  }
}
