import type {
  CostEstimator,
  InfraReviewExtensionPoint,
  PolicyChecker,
} from '@slipway/plugin-infra-scaffolder-node';

/** Who looks at plans, as modules brought them. */
export class ReviewRegistry implements InfraReviewExtensionPoint {
  #estimator?: CostEstimator;
  #checker?: PolicyChecker;

  static create(): ReviewRegistry {
    return new ReviewRegistry();
  }

  private constructor() {}

  setCostEstimator(estimator: CostEstimator): void {
    if (this.#estimator) {
      throw new Error(
        'Two modules estimate what plans cost. Remove one of them.',
      );
    }
    this.#estimator = estimator;
  }

  setPolicyChecker(checker: PolicyChecker): void {
    if (this.#checker) {
      throw new Error('Two modules check plans. Remove one of them.');
    }
    this.#checker = checker;
  }

  get estimator(): CostEstimator | undefined {
    return this.#estimator;
  }

  get checker(): PolicyChecker | undefined {
    return this.#checker;
  }
}
