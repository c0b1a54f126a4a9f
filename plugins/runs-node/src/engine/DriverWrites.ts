import type { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as delay } from 'node:timers/promises';
import { StepAbortedError } from '../errors';
import { LeaseLostError } from './internalErrors';
import type { LeaseKeeper } from './LeaseKeeper';
import { CrashError } from './probe';

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

  private constructor(lease: LeaseKeeper, logger: LoggerService) {
    this.#lease = lease;
    this.#logger = logger;
  }

  static create(lease: LeaseKeeper, logger: LoggerService): DriverWrites {
    return new DriverWrites(lease, logger);
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
    const began = performance.now();
    let pauseMs = FIRST_PAUSE_MS;
    for (;;) {
      if (this.#lease.isDefinitelyLost) {
        throw new StepAbortedError('lease-lost');
      }
      try {
        return await write();
      } catch (error) {
        const isLate = performance.now() - began > GIVE_UP_AFTER_MS;
        if (!isConnectionProblem(error) || isLate) {
          throw this.#end(error);
        }
        this.#logger.warn(
          `Run ${
            this.#lease.runId
          }: a result could not be recorded and is tried again: ${error}`,
        );
        await delay(pauseMs);
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
