import type { Exemption, Plan } from '@slipway/plugin-infra-scaffolder-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import { denial, exempt, type Denial } from './exempt';
import type { ExemptionStore } from './types';

interface Options {
  exemptions: ExemptionStore;
  runs: Pick<RunEngine, 'get'>;
}

/**
 * The one place that says whether policies let a plan be applied, with the exemptions that hold at that moment. What
 * somebody granted lets no plan through that they asked for themselves, wherever and whenever they granted it.
 */
export class PolicyGuard {
  readonly #options: Options;

  static create(options: Options): PolicyGuard {
    return new PolicyGuard(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** The plan with what is exempt at a moment. */
  async look(plan: Plan, at: Date): Promise<Plan> {
    if (!plan.findings?.length) {
      return plan;
    }
    const { others } = await this.#granted(plan, at);
    return this.#exempted(plan, others, at);
  }

  async refusal(plan: Plan, at: Date): Promise<Denial | undefined> {
    if (!plan.findings?.length) {
      return undefined;
    }
    const { others, own } = await this.#granted(plan, at);
    const refused = denial(this.#exempted(plan, others, at));
    const isOwnGrant =
      refused && !denial(this.#exempted(plan, [...others, ...own], at));
    return isOwnGrant
      ? {
          ...refused,
          mend: `${refused.mend} What ${own[0].grantedBy} granted does not let their own plan through: somebody else exempts it.`,
        }
      : refused;
  }

  #exempted(plan: Plan, granted: Exemption[], at: Date): Plan {
    const { environmentId, findings = [] } = plan;
    return {
      ...plan,
      findings: exempt(findings, granted, { environmentId, at }),
    };
  }

  async #granted({ environmentId, runId }: Plan, at: Date) {
    const { exemptions, runs } = this.#options;
    const [granted, { createdBy }] = await Promise.all([
      exemptions.granted(environmentId, at),
      runs.get(runId),
    ]);
    return {
      others: granted.filter(({ grantedBy }) => grantedBy !== createdBy),
      own: granted.filter(({ grantedBy }) => grantedBy === createdBy),
    };
  }
}
