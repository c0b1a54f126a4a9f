import type { Plan } from '@slipway/plugin-infra-scaffolder-common';
import { denial, exempt, type Denial } from './exempt';
import type { ExemptionStore } from './types';

/** The one place that says whether policies let a plan be applied, with the exemptions that hold at that moment. */
export class PolicyGuard {
  readonly #exemptions: ExemptionStore;

  static create(options: { exemptions: ExemptionStore }): PolicyGuard {
    return new PolicyGuard(options);
  }

  private constructor(options: { exemptions: ExemptionStore }) {
    this.#exemptions = options.exemptions;
  }

  /** The plan with what is exempt at a moment. */
  async look(plan: Plan, at: Date): Promise<Plan> {
    if (!plan.findings?.length) {
      return plan;
    }
    const { environmentId } = plan;
    const granted = await this.#exemptions.granted(environmentId, at);
    return {
      ...plan,
      findings: exempt(plan.findings, granted, { environmentId, at }),
    };
  }

  async refusal(plan: Plan, at: Date): Promise<Denial | undefined> {
    return denial(await this.look(plan, at));
  }
}
