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
  PlanStore,
} from '../database/types';
import type { PolicyGuard } from '../exemptions/PolicyGuard';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import { actorOf } from './actor';
import type { Announcer } from './Announcer';
import { whyTooMuch } from './checkQuotas';
import { commandActivity } from './commandActivity';
import { inputsOf, STEPS, withDesiredState } from './environmentRun';
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
}

export class DefaultEnvironmentRunService implements EnvironmentRunService {
  readonly #options: Options;

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
      (await this.#options.freezes.refusal(
        [environment, withDesiredState(environment, inputsOf(run).desired)],
        { runId, hash: planHash },
        new Date(),
      ));
    if (refusal) {
      throw new ConflictError(`${refusal.message} ${refusal.mend}`);
    }
    if (stored) {
      await this.#holdAmount(environment.id, stored.plan);
    }
    const actor = actorOf(credentials);
    await this.#options.runs.command(
      runId,
      { type: 'signal', signal: CONFIRM_SIGNAL, payload: { planHash } },
      actor,
    );
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

  /** Of two that are confirmed at once for the last of an account's amount, one is refused. */
  async #holdAmount(
    environmentId: string,
    { operation, estimate }: Plan,
  ): Promise<void> {
    if (operation === 'destroy') {
      return;
    }
    const { environments, aws } = this.#options;
    await environments.transaction(async tx => {
      await environments.lockAddressPlan(tx);
      const { accountId } = await environments.lock(environmentId, tx);
      const refusal = whyTooMuch(
        aws.targets().find(target => target.accountId === accountId),
        environmentId,
        estimate?.monthlyUsd,
        await environments.holders(tx),
      );
      if (refusal) {
        throw new ConflictError(
          `${refusal} Choose a smaller size or another account, make something else there smaller, or have the account’s quota raised.`,
        );
      }
      await environments.update(
        environmentId,
        { confirmedUsd: estimate?.monthlyUsd ?? null },
        { at: new Date(), tx },
      );
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
