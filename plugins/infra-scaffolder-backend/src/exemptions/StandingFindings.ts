import type { AppliedFindings } from '@slipway/plugin-infra-scaffolder-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { EnvironmentStore, PlanStore } from '../database/types';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import {
  CHANGING_KINDS,
  inputsOf,
  subjectOf,
} from '../services/environmentRun';
import { plannedHash } from '../services/plannedHash';
import type { As } from '../services/types';
import type { PolicyGuard } from './PolicyGuard';

interface Options {
  authorizer: EnvironmentAuthorizer;
  environments: EnvironmentStore;
  plans: PlanStore;
  policies: PolicyGuard;
  runs: RunEngine;
}

/** What the policies say of environments as they stand. */
export class StandingFindings {
  readonly #options: Options;

  static create(options: Options): StandingFindings {
    return new StandingFindings(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /**
   * By the plan that was applied last, with the exemptions that hold now; undefined where nothing stands, or nobody
   * checked it.
   * @throws NotFoundError
   */
  async of(
    environmentId: string,
    { credentials }: As,
  ): Promise<AppliedFindings | undefined> {
    const { authorizer, environments, plans, policies, runs } = this.#options;
    const { id } = await authorizer.assertReadable(
      await environments.find(environmentId),
      `environment ${environmentId}`,
      credentials,
    );
    const [applied] = await runs.list({
      subject: subjectOf(id),
      kinds: CHANGING_KINDS,
      states: ['succeeded'],
      limit: 1,
    });
    const hash = applied && plannedHash(applied);
    const stored = hash && (await plans.find(applied.id, hash));
    if (!stored || inputsOf(applied).operation === 'destroy') {
      return undefined;
    }
    const { findings } = await policies.look(stored.plan, new Date());
    return (
      findings && {
        findings,
        planId: stored.plan.id,
        runId: applied.id,
        appliedAt: applied.settledAt!,
      }
    );
  }
}
