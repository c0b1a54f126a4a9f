import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Claim, LeaseStore } from '../store/LeaseStore';
import type { RunDatabase } from '../store/RunDatabase';
import { Bell } from './Bell';
import type { Driver } from './Driver';
import type { RunClock } from './RunClock';

/** Takes up runs that wait for a driver, as many as this back end may drive at once. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #bell: Bell;
  readonly #drivers = new Map<
    string,
    { driver: Driver; done: Promise<void> }
  >();
  #loop: Promise<void> | undefined;
  #stopped = false;

  private constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#bell = new Bell(options.clock);
  }

  static create(options: SchedulerOptions): Scheduler {
    return new Scheduler(options);
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#bell.ring();
    await this.#loop;
    const driven = [...this.#drivers.values()];
    driven.forEach(({ driver }) => driver.stop());
    await Promise.all(driven.map(({ done }) => done));
  }

  /** Somebody acted on a run, or made one. */
  ring(runId: string): void {
    this.#drivers.get(runId)?.driver.ring();
    this.#bell.ring();
  }

  async #run(): Promise<void> {
    const { pollSeconds, logger, database } = this.#options;
    while (!this.#stopped && !database.isDead) {
      try {
        await this.#takeUp();
      } catch (error) {
        if (!database.isDead) {
          logger.warn(`No runs could be taken up; trying again: ${error}`);
        }
      }
      await this.#bell.wait(pollSeconds * 1000);
    }
  }

  async #takeUp(): Promise<void> {
    const { leases, driver, kinds, leaseSeconds, maxConcurrentRuns, database } =
      this.#options;
    const limit = maxConcurrentRuns - this.#drivers.size;
    if (limit <= 0) {
      return;
    }
    await database.reached('lease.claiming');
    const claims = await leases.claim({
      driver,
      kinds: kinds(),
      leaseSeconds,
      limit,
    });
    for (const claim of claims) {
      await database.reached(`run.taken ${claim.fence}`);
      this.#drive(claim);
    }
  }

  #drive(claim: Claim): void {
    const driver = this.#options.createDriver(claim);
    const before = this.#drivers.get(claim.runId);
    before?.driver.stop();
    const entry = {
      driver,
      done: driver.drive().finally(() => {
        if (this.#drivers.get(claim.runId) === entry) {
          this.#drivers.delete(claim.runId);
        }
        this.#bell.ring();
      }),
    };
    this.#drivers.set(claim.runId, entry);
  }
}

interface SchedulerOptions {
  clock: RunClock;
  database: RunDatabase;
  leases: LeaseStore;
  logger: LoggerService;
  driver: string;
  kinds: () => string[];
  leaseSeconds: number;
  pollSeconds: number;
  maxConcurrentRuns: number;
  createDriver: (claim: Claim) => Driver;
}
