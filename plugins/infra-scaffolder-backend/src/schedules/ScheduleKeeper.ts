import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import {
  INFRA_AUDIT_EVENTS,
  SCHEDULE_ACTOR,
  sleepDue,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import { audited } from '../routes/audited';
import type { Announcer } from '../services/Announcer';
import { assertUnheld } from '../services/assertFree';
import { assertUnfrozen } from './assertUnfrozen';
import { startSleepRun, type SleepDeed, type SleepStores } from './sleepRun';
import type { ScheduledEnvironment, Sleepers } from './types';

type Options = SleepStores & {
  auditor: AuditorService;
  logger: LoggerService;
  announcer: Announcer;
  freezes: FreezeGuard;
  sleepers: Sleepers;
};

/**
 * Puts environments to sleep and wakes them when it is time, and stops again what AWS has started by itself. Any number
 * of back ends may look at the same time: a run takes its environment under the environment's lock, and asks there once
 * more whether it is due.
 */
export class ScheduleKeeper {
  readonly #options: Options;

  static create(options: Options): ScheduleKeeper {
    return new ScheduleKeeper(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** Does what is due at `now`. */
  async look(now: Date, signal: AbortSignal): Promise<void> {
    for (const each of await this.#options.schedules.scheduled()) {
      if (signal.aborted) {
        return;
      }
      try {
        await this.#attend(each, now, signal);
      } catch (error) {
        this.#options.logger.warn(
          `The schedule of ${
            each.environment.name
          } could not be attended to: ${stringifyError(error)}`,
        );
      }
    }
  }

  async #attend(
    { environment, lookedAt }: ScheduledEnvironment,
    now: Date,
    signal: AbortSignal,
  ): Promise<void> {
    const { schedules, sleepers } = this.#options;
    const due = sleepDue(environment, lookedAt, now);
    const { id, lease, schedule, sleep } = environment;
    const letGo = async () => {
      if (schedule?.heldUpBy) {
        await schedules.holdUp(id, null);
      }
    };
    // Its own run or a person's, which has it either way soon.
    const isAtWork = lease && sleep && sleep.state !== 'asleep';
    if (!due || isAtWork) {
      await letGo();
      return;
    }
    if (due !== 'look') {
      await this.#begin(environment, due, now);
      return;
    }
    const slept = (sleep?.slept ?? []).filter(({ arn }) =>
      schedule?.consent.arns.includes(arn),
    );
    if (await sleepers.isAnyUp(environment, slept, signal)) {
      await this.#begin(environment, 'sleep', now, true);
    } else {
      await schedules.update(id, { lookedAt: now });
      await letGo();
    }
  }

  async #begin(
    environment: Environment,
    deed: SleepDeed,
    now: Date,
    isAgain = false,
  ): Promise<void> {
    const { auditor, schedules, announcer } = this.#options;
    const reason = await this.#whyNot(environment, deed, now);
    if (reason) {
      await this.#holdUp(environment, deed, reason, now);
      return;
    }
    const { id, name, schedule } = environment;
    const runId = await audited(
      auditor,
      {
        eventId:
          deed === 'sleep'
            ? INFRA_AUDIT_EVENTS.environmentSleep
            : INFRA_AUDIT_EVENTS.environmentWake,
        meta: {
          environment: id,
          name,
          consentBy: schedule?.consent.by ?? null,
        },
      },
      () => this.#start(environment, deed, now, isAgain),
    );
    await schedules.holdUp(id, null);
    await announcer.changed(environment, deed, runId);
  }

  /** Under the lock of the environment, so that a person's word comes wholly before or wholly after. */
  async #start(
    { id, name }: Environment,
    deed: SleepDeed,
    now: Date,
    isAgain: boolean,
  ): Promise<string> {
    const { environments } = this.#options;
    return environments.transaction(async tx => {
      const environment = await environments.lock(id, tx);
      const due = sleepDue(environment, undefined, now);
      if (due !== (isAgain ? 'look' : deed)) {
        throw new Error(`${name} is scheduled otherwise by now.`);
      }
      const messages = {
        sleep: isAgain
          ? `Something of ${name} was started though it sleeps, perhaps by AWS, which does so after seven days: it is stopped again.`
          : `${name} goes to sleep, as its schedule says.`,
        wake: `${name} is woken.`,
      };
      const run = await startSleepRun(this.#options, {
        environment,
        deed,
        actor: SCHEDULE_ACTOR,
        message: messages[deed],
        tx,
      });
      return run.id;
    });
  }

  async #whyNot(
    environment: Environment,
    deed: SleepDeed,
    now: Date,
  ): Promise<string | undefined> {
    try {
      assertUnheld(environment);
      if (deed === 'wake') {
        return undefined;
      }
      await assertUnfrozen(this.#options.freezes, environment, now);
      return undefined;
    } catch (error) {
      if (isError(error)) {
        return error.message;
      }
      throw error;
    }
  }

  /** Told once; the page has what holds it up now. */
  async #holdUp(
    { id, name }: Environment,
    deed: SleepDeed,
    reason: string,
    now: Date,
  ): Promise<void> {
    const { schedules, activity } = this.#options;
    if ((await schedules.holdUp(id, reason)) === null) {
      await activity.add(id, {
        at: now,
        actor: SCHEDULE_ACTOR,
        action: 'schedule.held-up',
        message: `It is time to ${
          deed === 'sleep' ? `put ${name} to sleep` : `wake ${name}`
        }, but that is held up. ${reason}`,
      });
    }
  }
}
