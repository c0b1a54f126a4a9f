import type { LoggerService } from '@backstage/backend-plugin-api';
import { StepAbortedError } from '../errors';
import type { Claim, LeaseStore } from '../store/LeaseStore';
import type { RunDatabase } from '../store/RunDatabase';
import type { RunClock } from './RunClock';

/** Keeps one run's lease while it is driven, and tells when it is gone. */
export class LeaseKeeper {
  readonly runId: string;
  readonly fence: number;
  readonly #options: LeaseKeeperOptions;
  readonly #lost = new AbortController();
  #callOffRenewal: (() => void) | undefined;
  #renewedAt: LocalTime;
  #databaseTime: { atMs: number; localMs: number };
  #definite = false;

  private constructor(claim: Claim, options: LeaseKeeperOptions) {
    this.runId = claim.runId;
    this.fence = claim.fence;
    this.#options = options;
    this.#renewedAt = localTime(options.clock);
    this.#databaseTime = {
      atMs: claim.at.getTime(),
      localMs: options.clock.monotonicMs(),
    };
  }

  static create(claim: Claim, options: LeaseKeeperOptions): LeaseKeeper {
    const keeper = new LeaseKeeper(claim, options);
    keeper.#schedule(options.leaseSeconds / 3);
    return keeper;
  }

  /** Aborts when the lease is gone. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Whether another driver is known to have taken the run up. */
  get isDefinitelyLost(): boolean {
    return this.#definite || this.#options.database.isDead;
  }

  /** The database's time. */
  now(): Date {
    const { atMs, localMs } = this.#databaseTime;
    return new Date(atMs + this.#options.clock.monotonicMs() - localMs);
  }

  /**
   * The database's time, read by somebody else. A step that was begun because its time had come must not find that it
   * has not come yet.
   */
  learn(time: Date): void {
    if (time > this.now()) {
      this.#databaseTime = {
        atMs: time.getTime(),
        localMs: this.#options.clock.monotonicMs(),
      };
    }
  }

  /** @throws StepAbortedError */
  assertHeld(): void {
    if (this.#lost.signal.aborted || this.#options.database.isDead) {
      throw new StepAbortedError('lease-lost');
    }
  }

  /**
   * To be called right before a side effect: a process that slept through its lease finds out here, and not after.
   *
   * @throws StepAbortedError
   */
  async assureFresh(): Promise<void> {
    this.assertHeld();
    const { clock, leaseSeconds } = this.#options;
    if (secondsSince(clock, this.#renewedAt) > leaseSeconds / 2) {
      await this.#renew();
      this.assertHeld();
    }
  }

  /** The driver can no longer know what the database holds, e.g. because a write was not answered. */
  giveUp(options?: { definitely: boolean }): void {
    this.#definite ||= options?.definitely ?? false;
    this.stop();
    this.#lost.abort(new StepAbortedError('lease-lost'));
  }

  stop(): void {
    this.#callOffRenewal?.();
    this.#callOffRenewal = undefined;
  }

  #schedule(seconds: number) {
    const { clock, logger, leaseSeconds } = this.#options;
    this.#callOffRenewal?.();
    this.#callOffRenewal = clock.after(
      seconds * 1000,
      () => {
        this.#renew().catch(error => {
          logger.warn(
            `Run ${this.runId}: the lease could not be renewed: ${error}`,
          );
          if (this.#callOffRenewal) {
            this.#schedule(Math.min(1, leaseSeconds / 10));
          }
        });
      },
      { keepsProcess: false },
    );
  }

  async #renew(): Promise<void> {
    const { clock, database, leases, leaseSeconds } = this.#options;
    const asked = localTime(clock);
    try {
      await database.reached(`lease.renewing ${this.runId}`);
      const at = await leases.renew(this.runId, this.fence, leaseSeconds);
      if (!at) {
        this.giveUp({ definitely: true });
        return;
      }
      this.#renewedAt = asked;
      this.#databaseTime = {
        atMs: at.getTime(),
        localMs: clock.monotonicMs(),
      };
    } catch (error) {
      if (
        database.isDead ||
        secondsSince(clock, this.#renewedAt) > leaseSeconds
      ) {
        this.giveUp();
      }
      throw error;
    }
    if (this.#callOffRenewal) {
      this.#schedule(leaseSeconds / 3);
    }
  }
}

interface LeaseKeeperOptions {
  clock: RunClock;
  database: RunDatabase;
  leases: LeaseStore;
  leaseSeconds: number;
  logger: LoggerService;
}

interface LocalTime {
  monotonicMs: number;
  wallMs: number;
}

function localTime(clock: RunClock): LocalTime {
  return { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() };
}

/** The monotonic clock stands still while a machine sleeps and the wall clock can be set back: the later one counts. */
function secondsSince(clock: RunClock, then: LocalTime): number {
  const now = localTime(clock);
  return (
    Math.max(now.monotonicMs - then.monotonicMs, now.wallMs - then.wallMs) /
    1000
  );
}
