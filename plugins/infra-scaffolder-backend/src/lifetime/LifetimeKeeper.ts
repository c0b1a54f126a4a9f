import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConflictError, isError, stringifyError } from '@backstage/errors';
import {
  destroyDueAt,
  EXPIRY_ACTOR,
  INFRA_AUDIT_EVENTS,
  WARNING_LEAD_HOURS,
  warningsDue,
} from '@slipway/plugin-infra-scaffolder-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import { refusalOfOwnFreeze, refuseRequest } from '../freezes/refusal';
import { audited } from '../routes/audited';
import type { Announcer } from '../services/Announcer';
import { assertFree, assertLiving } from '../services/assertFree';
import { desiredStateOf } from '../services/environmentRun';
import { environmentPath } from '../services/paths';
import { startRun } from '../services/startRun';
import { othersNeed } from './dependentWords';
import type { Dependents, EndingEnvironment, LifetimeStore } from './types';

interface Options {
  lifetimes: LifetimeStore;
  environments: EnvironmentStore;
  activity: ActivityStore;
  runs: RunEngine;
  dependents: Dependents;
  freezes: FreezeGuard;
  announcer: Announcer;
  auditor: AuditorService;
  logger: LoggerService;
}

type Ending = EndingEnvironment['environment'];

const HOUR_MS = 3_600_000;
const LONGEST_LEAD_MS = Math.max(...WARNING_LEAD_HOURS) * HOUR_MS;

const LEFT: Record<number, string> = {
  72: 'in three days',
  24: 'in a day',
  1: 'within the hour',
};

/**
 * Warns of the ends of environments, and destroys what has reached its end by the same run that a person would start.
 * Any number of back ends may look at the same time: a warning is claimed before it is sent, and a run holds its
 * environment.
 */
export class LifetimeKeeper {
  readonly #options: Options;

  static create(options: Options): LifetimeKeeper {
    return new LifetimeKeeper(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** Does what is due at `now`. */
  async look(now: Date, signal: AbortSignal): Promise<void> {
    const before = new Date(now.getTime() + LONGEST_LEAD_MS);
    for (const ending of await this.#options.lifetimes.ending(before)) {
      if (signal.aborted) {
        return;
      }
      try {
        await this.#attend(ending, now);
      } catch (error) {
        this.#options.logger.warn(
          `The end of ${
            ending.environment.name
          } could not be attended to: ${stringifyError(error)}`,
        );
      }
    }
  }

  async #attend(ending: EndingEnvironment, now: Date): Promise<void> {
    const { environment, warnings } = ending;
    const { expiresAt, expiry } = environment;
    const lifetime = { expiresAt, setAt: expiry.setAt };
    const { send, leaveOut } = warningsDue(lifetime, warnings, now);
    const at = now.toISOString();
    for (const leadHours of leaveOut) {
      await this.#options.lifetimes.claimWarning(environment.id, {
        expiresAt,
        leadHours,
        at,
        sent: false,
      });
    }
    if (send !== undefined) {
      await this.#warn(environment, send, now);
      return;
    }
    const due = destroyDueAt(lifetime, warnings);
    const { retryAt } = expiry;
    const isAtWork = environment.activeRun?.startedBy === EXPIRY_ACTOR;
    if (due && due <= at && (!retryAt || retryAt <= at) && !isAtWork) {
      await this.#destroy(environment, now);
    }
  }

  async #warn(
    environment: Ending,
    leadHours: number,
    now: Date,
  ): Promise<void> {
    const { lifetimes, announcer, activity } = this.#options;
    const { id, name, owner, createdBy, expiresAt, expiry } = environment;
    const isMine = await lifetimes.claimWarning(id, {
      expiresAt,
      leadHours,
      at: now.toISOString(),
      sent: true,
    });
    if (!isMine) {
      return;
    }
    const isPast = Date.parse(expiresAt) <= now.getTime();
    const when = isPast ? 'within the hour' : LEFT[leadHours];
    await announcer.notifyAll([...new Set([owner, createdBy])], {
      except: [],
      title: `${name} is destroyed ${when}`,
      description: `${expiry.consent.words} ${
        expiry.consent.by
      } agreed to that on ${expiry.consent.at.slice(
        0,
        10,
      )}. Extend it by one click on its page.`,
      link: environmentPath(name),
      severity: leadHours === 1 ? 'high' : 'normal',
    });
    await activity.add(id, {
      at: now,
      actor: EXPIRY_ACTOR,
      action: 'lifetime.warned',
      message: `Warned ${owner} and ${createdBy}: ${name} is destroyed ${when}.`,
    });
  }

  async #destroy(environment: Ending, now: Date): Promise<void> {
    const { auditor, announcer, lifetimes } = this.#options;
    const reason = await this.#whyNot(environment, now);
    if (reason) {
      await this.#holdUp(environment, reason, now);
      return;
    }
    const runId = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.environmentExpire,
        meta: {
          environment: environment.id,
          name: environment.name,
          expiresAt: environment.expiresAt,
          consentBy: environment.expiry.consent.by,
        },
      },
      () => this.#start(environment),
    );
    await lifetimes.holdUp(environment.id, null);
    await announcer.changed(environment, 'destroy-requested', runId);
  }

  /** Under the lock of the environment, so that an extension comes wholly before or wholly after. */
  async #start({ id, expiresAt }: Ending): Promise<string> {
    const { environments } = this.#options;
    return environments.transaction(async tx => {
      const environment = await environments.lock(id, tx);
      if (environment.expiresAt !== expiresAt) {
        throw new ConflictError(`${environment.name} has another end now.`);
      }
      assertLiving(environment);
      assertFree(environment);
      refuseRequest(refusalOfOwnFreeze(environment));
      const run = await startRun(this.#options, {
        environment,
        operation: 'destroy',
        desired: desiredStateOf(environment),
        purpose: { kind: 'expiry', expiresAt },
        actor: EXPIRY_ACTOR,
        tx,
      });
      return run.id;
    });
  }

  async #whyNot(environment: Ending, now: Date): Promise<string | undefined> {
    const { freezes, dependents } = this.#options;
    try {
      assertFree(environment);
      refuseRequest(refusalOfOwnFreeze(environment));
      const [freeze] = (await freezes.outlook(environment, now)).now;
      if (freeze) {
        return `The change freeze “${freeze.title}” covers it until ${freeze.until}.`;
      }
      const found = await dependents.of(environment);
      return found.length > 0 ? othersNeed(environment, found) : undefined;
    } catch (error) {
      if (isError(error)) {
        return error.message;
      }
      throw error;
    }
  }

  /** Told once; the page has what holds it up now. */
  async #holdUp(environment: Ending, reason: string, now: Date): Promise<void> {
    const { lifetimes, announcer, activity } = this.#options;
    const { id, name, owner, createdBy } = environment;
    const before = await lifetimes.holdUp(id, reason);
    if (before !== null) {
      return;
    }
    await activity.add(id, {
      at: now,
      actor: EXPIRY_ACTOR,
      action: 'lifetime.held-up',
      message: `The end of ${name} has come, but it is not destroyed. ${reason}`,
    });
    await announcer.notifyAll([...new Set([owner, createdBy])], {
      except: [],
      title: `${name} has reached its end, and is held up`,
      description: `${reason} It is destroyed once nothing holds it up any more; extend it to keep it.`,
      link: environmentPath(name),
      severity: 'normal',
    });
    await announcer.changed(environment, 'held-up');
  }
}
