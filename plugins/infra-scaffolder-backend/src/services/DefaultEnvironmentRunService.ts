import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  CONFIRM_SIGNAL,
  type Environment,
  type Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run, RunEvent } from '@slipway/plugin-runs-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import { isPersonAlone } from '../approvals/isPersonAlone';
import type {
  ActivityStore,
  EnvironmentStore,
  HeldAmountStore,
  Holder,
  PlanStore,
} from '../database/types';
import type { PolicyGuard } from '../exemptions/PolicyGuard';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import type { ReviewRegistry } from '../registry/ReviewRegistry';
import { teamEnvironments } from '../steps/teamEnvironments';
import { actorOf } from './actor';
import type { Announcer } from './Announcer';
import { whyTooMuch } from './checkQuotas';
import { commandActivity } from './commandActivity';
import { inputsOf, STEPS, withDesiredState } from './environmentRun';
import { OneByOne } from './OneByOne';
import { refusalOfPartner } from './partnerStack';
import { plannedHash } from './plannedHash';
import type { As, EnvironmentRunService, PersonCommand } from './types';

interface Options {
  aws: AwsAccess;
  environments: EnvironmentStore;
  plans: PlanStore;
  activity: ActivityStore;
  runs: RunEngine;
  announcer: Announcer;
  freezes: FreezeGuard;
  policies: PolicyGuard;
  reviews: ReviewRegistry;
  heldAmounts: HeldAmountStore;
}

export class DefaultEnvironmentRunService implements EnvironmentRunService {
  readonly #options: Options;
  readonly #holds = new OneByOne();

  static create(options: Options): DefaultEnvironmentRunService {
    return new DefaultEnvironmentRunService(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async get(runId: string): Promise<{ run: Run; environment: Environment }> {
    const run = await this.#options.runs.get(runId);
    const { environmentId } = inputsOf(run);
    const environment = await this.#options.environments.find(environmentId);
    if (!environment) {
      throw new NotFoundError(
        `Run ${runId} works on environment ${environmentId}, which is not in the registry any more.`,
      );
    }
    return { run, environment };
  }

  async plan(runId: string): Promise<Plan | undefined> {
    const { run } = await this.get(runId);
    const hash = plannedHash(run);
    const stored = hash && (await this.#options.plans.find(runId, hash));
    return stored
      ? this.#options.policies.look(
          stored.plan,
          run.settledAt ? new Date(run.settledAt) : new Date(),
        )
      : undefined;
  }

  async events(
    runId: string,
    { after }: { after: number },
  ): Promise<RunEvent[]> {
    return this.#options.runs.events(runId, { after });
  }

  async confirm(
    runId: string,
    planHash: string,
    { credentials }: As,
  ): Promise<void> {
    if (!isPersonAlone(credentials)) {
      throw new NotAllowedError(
        'Only a person confirms a plan, in the portal.',
      );
    }
    const { run, environment } = await this.get(runId);
    const confirm = run.steps.find(step => step.id === STEPS.confirm.id);
    const planned = plannedHash(run);
    if (!planned || !confirm || run.settledAt) {
      throw new ConflictError(
        `${run.title} has no plan that awaits confirmation; the run is ${run.state}.`,
      );
    }
    if (confirm.state === 'succeeded') {
      throw new ConflictError(
        `The plan of "${run.title}" was confirmed already.`,
      );
    }
    if (planHash !== planned) {
      throw new ConflictError(
        `The plan has changed since you looked: it is ${planned.slice(
          0,
          12,
        )} now, not ${planHash.slice(
          0,
          12,
        )}. Look at it again and confirm what it shows.`,
      );
    }
    const stored = await this.#options.plans.find(runId, planHash);
    const refusal =
      (stored &&
        (await this.#options.policies.refusal(stored.plan, new Date()))) ??
      (await refusalOfPartner(
        environment,
        inputsOf(run),
        this.#options.environments,
      )) ??
      (await this.#options.freezes.refusal(
        [environment, withDesiredState(environment, inputsOf(run).desired)],
        { runId, hash: planHash },
        new Date(),
      ));
    if (refusal) {
      throw new ConflictError(`${refusal.message} ${refusal.mend}`);
    }
    const isNewlyHeld =
      stored &&
      stored.plan.operation !== 'destroy' &&
      (await this.#holds.do(() =>
        this.#holdAmount(environment.id, run, stored.plan),
      ));
    const actor = actorOf(credentials);
    try {
      await this.#options.runs.command(
        runId,
        { type: 'signal', signal: CONFIRM_SIGNAL, payload: { planHash } },
        actor,
      );
    } catch (error) {
      if (isNewlyHeld) {
        await this.#giveBack(environment.id, runId);
      }
      throw error;
    }
    await this.#record(environment, run, actor, {
      action: 'plan.confirmed',
      message: `Confirmed plan ${planHash.slice(0, 12)}: ${run.title}.`,
    });
  }

  async command(
    runId: string,
    command: PersonCommand,
    { credentials }: As,
  ): Promise<Run> {
    const { run, environment } = await this.get(runId);
    const actor = actorOf(credentials);
    const after = await this.#options.runs.command(runId, command, actor);
    await this.#record(environment, run, actor, commandActivity(run, command));
    return after;
  }

  /**
   * Has the run hold what its plan comes to, if that fits into what the account and the team have left: of two that are
   * confirmed at once for the last of it, one is refused. Only while the run is at work, because the end of a run frees
   * what it holds.
   *
   * @returns whether the run held nothing before.
   */
  async #holdAmount(environmentId: string, run: Run, plan: Plan) {
    const { environments, heldAmounts, aws } = this.#options;
    return environments.transaction(async tx => {
      await environments.lockAddressPlan(tx);
      const environment = await environments.lock(environmentId, tx);
      if (environment.activeRun?.runId !== run.id) {
        throw new ConflictError(
          `${run.title} is not at work on ${environment.name} any more, so nothing is confirmed. Look at it again.`,
        );
      }
      const holders = await environments.holders(tx);
      const monthlyUsd = plan.estimate?.monthlyUsd;
      const refusal = whyTooMuch(
        aws.targets().find(each => each.accountId === environment.accountId),
        environmentId,
        monthlyUsd,
        holders,
      );
      if (refusal) {
        throw new ConflictError(
          `${refusal} Choose a smaller size or another account, make something else there smaller, or have the account’s quota raised.`,
        );
      }
      const denial = await this.#denialOfTeam(environment, run, plan, holders);
      if (denial) {
        throw new ConflictError(`${denial.message} ${denial.mend}`);
      }
      return heldAmounts.hold(
        { environmentId, runId: run.id, monthlyUsd: monthlyUsd ?? null },
        tx,
      );
    });
  }

  /** What the rules about a plan as a whole say of it now, e.g. a team's ceiling; resources were judged when it was made. */
  async #denialOfTeam(
    environment: Environment,
    run: Run,
    plan: Plan,
    holders: Holder[],
  ) {
    const { reviews, policies } = this.#options;
    const { desired } = inputsOf(run);
    const at = new Date();
    const findings = await reviews.checker?.check({
      environment: withDesiredState(environment, desired),
      operation: plan.operation,
      parameters: desired.parameters,
      changes: plan.changes,
      resources: { before: [], after: [] },
      estimate: plan.estimate,
      teamEnvironments: teamEnvironments(environment, holders),
      at,
    });
    return policies.refusal(
      {
        ...plan,
        findings: findings?.filter(({ logicalId }) => logicalId === undefined),
      },
      at,
    );
  }

  /** Where the confirmation did not come through; what somebody else confirmed meanwhile, and may be made, stays held. */
  async #giveBack(environmentId: string, runId: string): Promise<void> {
    const { environments, heldAmounts, plans } = this.#options;
    await environments.transaction(async tx => {
      await environments.lock(environmentId, tx);
      if (!(await plans.hasBegun(runId, tx))) {
        await heldAmounts.release(environmentId, runId, tx);
      }
    });
  }

  async #record(
    environment: Environment,
    run: Run,
    actor: string,
    what: { action: string; message: string },
  ): Promise<void> {
    await this.#options.activity.add(environment.id, {
      ...what,
      at: new Date(),
      actor,
      runId: run.id,
    });
    await this.#options.announcer.changed(environment, what.action, run.id);
  }
}
