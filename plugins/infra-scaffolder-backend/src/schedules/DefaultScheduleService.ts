import { createHash } from 'node:crypto';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  infraEnvironmentFreezePermission,
  infraEnvironmentSchedulePermission,
  isProduction,
  nextWake,
  remember,
  sleepSavings,
  type ApprovalPolicy,
  type Environment,
  type SleepPlan,
  type UpSchedule,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import { isPersonAlone } from '../approvals/isPersonAlone';
import type { PlanStore } from '../database/types';
import { TABLES, type PlanRow } from '../database/tables';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import { actorOf } from '../services/actor';
import type { Announcer } from '../services/Announcer';
import { assertLiving } from '../services/assertFree';
import { canonicalJson } from '../services/canonicalJson';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import type { As } from '../services/types';
import { assertUnfrozen } from './assertUnfrozen';
import { startSleepRun, type SleepStores } from './sleepRun';
import { sleepWords } from './sleepWords';
import type { SchedulePatch, ScheduleService, Sleepers } from './types';

type Options = SleepStores & {
  knex: Knex;
  plans: PlanStore;
  sleepers: Sleepers;
  authorizer: EnvironmentAuthorizer;
  announcer: Announcer;
  freezes: FreezeGuard;
  approvalPolicy: ApprovalPolicy;
};

const HOUR_MS = 3_600_000;

/** Schedules of environments, for those who may schedule them. */
export class DefaultScheduleService implements ScheduleService {
  readonly #options: Options;

  static create(options: Options): DefaultScheduleService {
    return new DefaultScheduleService(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async planSleep(nameOrId: string, hours: UpSchedule, { credentials }: As) {
    return this.#plan(await this.#schedulable(nameOrId, credentials), hours);
  }

  async setSchedule(
    nameOrId: string,
    { hours, planHash }: { hours: UpSchedule; planHash: string },
    { credentials }: As,
  ) {
    const found = await this.#stoppable(nameOrId, credentials);
    const plan = await this.#plan(found, hours);
    if (plan.hash !== planHash) {
      throw new ConflictError(
        `What would be stopped of ${found.name} is not what you were shown. Look at it again and agree to what it shows.`,
      );
    }
    if (plan.stops.length === 0) {
      throw new ConflictError(
        `Nothing of ${found.name} can be stopped, so that a schedule would save nothing.`,
      );
    }
    const actor = actorOf(credentials);
    const { words } = plan;
    return this.#change(found.id, 'scheduled', async (_environment, at, tx) => {
      const arns = plan.stops.map(({ arn }) => arn);
      const consent = { by: actor, at: at.toISOString(), words, arns };
      await this.#options.schedules.update(
        found.id,
        { schedule: { hours, consent }, override: null, succeeded: true },
        tx,
      );
      return { actor, message: `Gave it a schedule. Agreed: ${words}` };
    });
  }

  async removeSchedule(nameOrId: string, { credentials }: As) {
    const { id } = await this.#schedulable(nameOrId, credentials);
    return this.#change(id, 'unscheduled', async (environment, _at, tx) => {
      if (!environment.schedule) {
        throw new ConflictError(`${environment.name} has no schedule.`);
      }
      await this.#options.schedules.update(
        id,
        { schedule: null, override: null, succeeded: true },
        tx,
      );
      return {
        actor: actorOf(credentials),
        message: `Took away its schedule.${
          environment.sleep ? ' It is woken.' : ''
        }`,
      };
    });
  }

  async wakeNow(nameOrId: string, hours: number, { credentials }: As) {
    const { id } = await this.#schedulable(nameOrId, credentials);
    return this.#override(id, actorOf(credentials), 'wake', (_hours, at) => ({
      up: true,
      until: new Date(at.getTime() + hours * HOUR_MS),
    }));
  }

  async sleepNow(nameOrId: string, { credentials }: As) {
    const { id } = await this.#stoppable(nameOrId, credentials);
    return this.#override(id, actorOf(credentials), 'sleep', (hours, at) => {
      const until = nextWake(hours, at);
      if (!until) {
        throw new InputError(
          'Its schedule would never wake it again. Change the schedule first.',
        );
      }
      return { up: false, until };
    });
  }

  /** Begins at once where nothing else is at work; where a run is, the keeper makes up for it. */
  async #override(
    id: string,
    actor: string,
    deed: 'sleep' | 'wake',
    say: (hours: UpSchedule, at: Date) => { up: boolean; until: Date },
  ): Promise<Environment> {
    return this.#change(id, deed, async (environment, at, tx) => {
      const { name, schedule, sleep, lease } = environment;
      if (!schedule) {
        throw new ConflictError(
          `${name} has no schedule. Give it one first, so that somebody has agreed to what is stopped.`,
        );
      }
      const { up, until } = say(schedule.hours, at);
      if (!up) {
        await assertUnfrozen(this.#options.freezes, environment, at);
      }
      const patch: SchedulePatch = {
        override: { up, until: until.toISOString(), by: actor },
        succeeded: true,
      };
      await this.#options.schedules.update(id, patch, tx);
      const message = up
        ? `Keeps ${name} awake until ${until.toISOString()}.`
        : `Puts ${name} to sleep until ${until.toISOString()}.`;
      const isThere = up ? !sleep : sleep?.state === 'asleep';
      const isOnTheWay =
        lease && sleep?.state === (up ? 'waking' : 'falling-asleep');
      // A wake that comes while it falls asleep is begun by the keeper once it sleeps.
      const isTurned = lease && sleep;
      if (isThere || isOnTheWay || isTurned) {
        return { actor, message };
      }
      await startSleepRun(this.#options, {
        environment,
        deed,
        actor,
        message,
        tx,
      });
      return undefined;
    });
  }

  async #plan(environment: Environment, hours: UpSchedule): Promise<SleepPlan> {
    const found = await this.#options.sleepers.find(environment);
    const { stays } = found;
    const stops = remember(environment.sleep?.slept ?? [], found.stops);
    const estimate = await this.#estimateOf(environment);
    const agreed = { hours, stops: stops.map(({ arn }) => arn).sort() };
    return {
      hash: createHash('sha256').update(canonicalJson(agreed)).digest('hex'),
      stops,
      stays,
      ...(estimate && {
        savings: sleepSavings(estimate, hours, { stops, stays }),
      }),
      words: sleepWords(environment.name, hours, stops),
    };
  }

  /** Of the plan that was applied last. */
  async #estimateOf({ id, estimate }: Environment) {
    const { knex, plans } = this.#options;
    const row =
      estimate &&
      (await knex<PlanRow>(TABLES.plans)
        .where('environment_id', id)
        .whereRaw('left(hash, 12) = ?', [estimate.planId])
        .orderBy('created_at', 'desc')
        .first('run_id', 'hash'));
    const stored = row && (await plans.find(row.run_id, row.hash));
    return stored ? stored.plan.estimate : undefined;
  }

  async #change(
    id: string,
    change: string,
    work: (
      environment: Environment,
      at: Date,
      tx: Knex.Transaction,
    ) => Promise<{ actor: string; message: string } | undefined>,
  ): Promise<Environment> {
    const { environments, activity, announcer } = this.#options;
    const after = await environments.transaction(async tx => {
      const environment = await environments.lock(id, tx);
      assertLiving(environment);
      const at = new Date();
      const told = await work(environment, at, tx);
      if (told) {
        await activity.add(
          id,
          { at, ...told, action: `environment.${change}` },
          tx,
        );
      }
      return environments.lock(id, tx);
    });
    await announcer.changed(after, change);
    return after;
  }

  /** Where changes of production are approved by a second person, nobody stops it alone but who keeps it running. */
  async #stoppable(
    nameOrId: string,
    credentials: BackstageCredentials,
  ): Promise<Environment> {
    const environment = await this.#schedulable(nameOrId, credentials);
    if (!isPersonAlone(credentials)) {
      throw new NotAllowedError(
        'Only a person agrees to what is stopped, in the portal.',
      );
    }
    const { authorizer, approvalPolicy } = this.#options;
    const { name, accountId, size } = environment;
    if (
      approvalPolicy.production &&
      isProduction({ accountId, sizes: [size] }, approvalPolicy) &&
      !(await authorizer.allows(
        infraEnvironmentFreezePermission,
        environment,
        credentials,
      ))
    ) {
      throw new NotAllowedError(
        `${name} is production: only an SRE or an admin agrees to stopping it. Ask one of them.`,
      );
    }
    return environment;
  }

  async #schedulable(
    nameOrId: string,
    credentials: BackstageCredentials,
  ): Promise<Environment> {
    const { environments, authorizer } = this.#options;
    const environment = await authorizer.assertReadable(
      await environments.find(nameOrId),
      `environment ${nameOrId}`,
      credentials,
    );
    await authorizer.assertAllowed(
      infraEnvironmentSchedulePermission,
      environment,
      'schedule',
      credentials,
    );
    return environment;
  }
}
