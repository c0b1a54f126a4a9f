import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type {
  Environment,
  EnvironmentLease,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import type { Announcer } from './Announcer';
import { assertFree, assertLiving } from './assertFree';

interface Options {
  environments: EnvironmentStore;
  activity: ActivityStore;
  announcer: Announcer;
}

function later(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}

function leaseOf(environment: Environment, leaseId: string): EnvironmentLease {
  const { lease, name } = environment;
  if (lease?.id !== leaseId) {
    throw new ConflictError(
      lease
        ? `The lease on ${name} is not yours any more: ${lease.by} holds it since ${lease.since}: ${lease.reason}.`
        : `The lease on ${name} has run out or was let go. Acquire it again before going on.`,
    );
  }
  return lease;
}

/**
 * The two ways to keep runs away from an environment. A freeze lasts until somebody lifts it and only forbids; a lease
 * says that its holder is at work, and ends by itself.
 */
export class EnvironmentHolds {
  readonly #options: Options;

  static create(options: Options): EnvironmentHolds {
    return new EnvironmentHolds(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async freeze(id: string, reason: string, actor: string): Promise<void> {
    await this.#change(id, 'frozen', actor, async (environment, at, tx) => {
      assertLiving(environment);
      if (environment.freeze) {
        throw new ConflictError(
          `${environment.name} is frozen already, by ${environment.freeze.by} since ${environment.freeze.since}: ${environment.freeze.reason}.`,
        );
      }
      await this.#options.environments.update(
        id,
        { freeze: { by: actor, reason, since: at } },
        { at, tx },
      );
      return {
        message: `Froze ${environment.name}: ${reason}`,
        result: undefined,
      };
    });
  }

  /** Nothing happens where it is not frozen. */
  async unfreeze(id: string, actor: string): Promise<void> {
    await this.#change(id, 'unfrozen', actor, async (environment, at, tx) => {
      if (!environment.freeze) {
        return { result: undefined };
      }
      await this.#options.environments.update(id, { freeze: null }, { at, tx });
      return {
        message: `Lifted the freeze of ${environment.name}.`,
        result: undefined,
      };
    });
  }

  async acquireLease(
    id: string,
    { reason, seconds }: { reason: string; seconds: number },
    actor: string,
  ): Promise<EnvironmentLease> {
    return this.#change(id, 'leased', actor, async (environment, at, tx) => {
      assertLiving(environment);
      assertFree(environment);
      const lease = {
        id: randomUUID(),
        by: actor,
        reason,
        since: at,
        until: later(at, seconds),
      };
      await this.#options.environments.update(id, { lease }, { at, tx });
      return {
        message: `Took a lease on ${environment.name}: ${reason}`,
        result: {
          ...lease,
          since: lease.since.toISOString(),
          until: lease.until.toISOString(),
        },
      };
    });
  }

  async renewLease(
    id: string,
    leaseId: string,
    seconds: number,
  ): Promise<EnvironmentLease> {
    const { environments } = this.#options;
    return environments.transaction(async tx => {
      const lease = leaseOf(await environments.lock(id, tx), leaseId);
      const at = new Date();
      const until = later(at, seconds);
      await environments.update(
        id,
        { lease: { ...lease, since: new Date(lease.since), until } },
        { at, tx },
      );
      return { ...lease, until: until.toISOString() };
    });
  }

  async releaseLease(
    id: string,
    leaseId: string,
    actor: string,
  ): Promise<void> {
    await this.#change(id, 'released', actor, async (environment, at, tx) => {
      leaseOf(environment, leaseId);
      await this.#options.environments.update(id, { lease: null }, { at, tx });
      return {
        message: `Let go of the lease on ${environment.name}.`,
        result: undefined,
      };
    });
  }

  /** Locks, changes, writes who did it, and tells others after the commit; without a message nothing was changed. */
  async #change<T>(
    id: string,
    change: string,
    actor: string,
    work: (
      environment: Environment,
      at: Date,
      tx: Knex.Transaction,
    ) => Promise<{ message?: string; result: T }>,
  ): Promise<T> {
    const { environments, activity, announcer } = this.#options;
    const done = await environments.transaction(async tx => {
      const environment = await environments.lock(id, tx);
      const at = new Date();
      const { message, result } = await work(environment, at, tx);
      if (message) {
        await activity.add(
          id,
          { at, actor, action: `environment.${change}`, message },
          tx,
        );
      }
      return { environment, message, result };
    });
    if (done.message) {
      await announcer.changed(done.environment, change);
    }
    return done.result;
  }
}
