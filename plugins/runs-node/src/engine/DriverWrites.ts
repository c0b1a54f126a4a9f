import type { LoggerService } from '@backstage/backend-plugin-api';
import { StepAbortedError } from '../errors';
import { LeaseLostError } from './internalErrors';
import type { LeaseKeeper } from './LeaseKeeper';
import { CrashError } from './probe';
import { pause, type RunClock } from './RunClock';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;
const GIVE_UP_AFTER_MS = 120_000;

/**
 * A driver's way of writing. A write whose outcome is unknown (the connection broke) ends the drive: the run is read
 * anew by whoever takes it up next, so nothing has to be guessed here.
 */
export class DriverWrites {
  readonly #lease: LeaseKeeper;
  readonly #logger: LoggerService;
  readonly #clock: RunClock;

  private constructor(options: DriverWritesOptions) {
    this.#lease = options.lease;
    this.#logger = options.logger;
    this.#clock = options.clock;
  }

  static create(options: DriverWritesOptions): DriverWrites {
    return new DriverWrites(options);
  }

  /** @throws StepAbortedError where it may not or could not be written; the drive is over then. */
  async once<T>(write: () => Promise<T>): Promise<T> {
    this.#lease.assertHeld();
    try {
      return await write();
    } catch (error) {
      throw this.#end(error);
    }
  }

  /**
   * For what must not be forgotten: the result of a side effect. Tries on through a restart of the database, for as
   * long as no other driver is known to have taken over; `write` must do nothing where it was done already.
   */
  async persistently<T>(write: () => Promise<T>): Promise<T> {
    const began = this.#clock.monotonicMs();
    let pauseMs = FIRST_PAUSE_MS;
    for (;;) {
      if (this.#lease.isDefinitelyLost) {
        throw new StepAbortedError('lease-lost');
      }
      try {
        return await write();
      } catch (error) {
        const isLate = this.#clock.monotonicMs() - began > GIVE_UP_AFTER_MS;
        if (!isConnectionProblem(error) || isLate) {
          throw this.#end(error);
        }
        this.#logger.warn(
          `Run ${
            this.#lease.runId
          }: a result could not be recorded and is tried again: ${error}`,
        );
        await pause(this.#clock, pauseMs);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  #end(error: unknown): StepAbortedError {
    if (error instanceof StepAbortedError) {
      return error;
    }
    const definitely =
      error instanceof LeaseLostError || error instanceof CrashError;
    if (!definitely) {
      this.#logger.warn(
        `Run ${
          this.#lease.runId
        }: a write failed, so the run is taken up anew: ${error}`,
      );
    }
    this.#lease.giveUp({ definitely });
    return new StepAbortedError('lease-lost');
  }
}

interface DriverWritesOptions {
  lease: LeaseKeeper;
  logger: LoggerService;
  clock: RunClock;
}

/** Connections that broke or could not be had; SQLSTATE classes 08, 53 and 57 (shutdown, crash, cannot connect). */
function isConnectionProblem(error: unknown): boolean {
  const { code, name, message } = (error ?? {}) as {
    code?: string;
    name?: string;
    message?: string;
  };
  return (
    /^(08|53|57P)/.test(code ?? '') ||
    /^E[A-Z]+$/.test(code ?? '') ||
    name === 'KnexTimeoutError' ||
    /connection terminated|connection ended|not queryable/i.test(message ?? '')
  );
}
