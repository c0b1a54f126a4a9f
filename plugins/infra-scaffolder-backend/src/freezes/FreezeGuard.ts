import {
  freezeOutlook,
  type Environment,
  type FreezeOutlook,
  type FreezePeriod,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  refusalOfOwnFreeze,
  refusalOfPeriod,
  type FreezeRefusal,
} from './refusal';
import type { FreezeStore } from './types';

/**
 * The one place that says whether a plan may be applied in this hour: neither while its environment is frozen by itself,
 * which only lifting ends, nor while the calendar covers it, unless somebody with the right let this very plan through.
 */
export class FreezeGuard {
  readonly #freezes: FreezeStore;
  readonly #configured: FreezePeriod[];

  static create(options: {
    freezes: FreezeStore;
    configured: FreezePeriod[];
  }): FreezeGuard {
    return new FreezeGuard(options);
  }

  private constructor(options: {
    freezes: FreezeStore;
    configured: FreezePeriod[];
  }) {
    this.#freezes = options.freezes;
    this.#configured = options.configured;
  }

  /** Those of the calendar that have not ended by then. */
  async periods(endingAfter: Date): Promise<FreezePeriod[]> {
    return [
      ...this.#configured.filter(({ until }) => new Date(until) > endingAfter),
      ...(await this.#freezes.list(endingAfter)),
    ].sort((a, b) => new Date(a.from).getTime() - new Date(b.from).getTime());
  }

  configured(id: string): FreezePeriod | undefined {
    return this.#configured.find(period => period.id === id);
  }

  async outlook(
    subject: Pick<Environment, 'accountId' | 'size' | 'system'>,
    at: Date,
  ): Promise<FreezeOutlook> {
    return freezeOutlook(await this.periods(at), subject, at);
  }

  /**
   * @param environments - as it is and as it is to become: a plan is refused where the calendar covers either.
   */
  async refusal(
    environments: [Environment, ...Environment[]],
    plan: { runId: string; hash: string },
    at: Date,
  ): Promise<FreezeRefusal | undefined> {
    const [asItIs] = environments;
    const own = refusalOfOwnFreeze(asItIs);
    if (own) {
      return own;
    }
    const periods = await this.periods(at);
    const inForce = environments
      .flatMap(environment => freezeOutlook(periods, environment, at).now)
      .sort(
        (a, b) => new Date(b.until).getTime() - new Date(a.until).getTime(),
      )[0];
    if (!inForce || (await this.#freezes.overrideOf(plan.runId, plan.hash))) {
      return undefined;
    }
    return refusalOfPeriod(asItIs.name, inForce);
  }
}
