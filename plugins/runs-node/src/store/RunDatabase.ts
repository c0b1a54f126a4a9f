import type { RunEvent } from '@slipway/plugin-runs-common';
import type { Knex } from 'knex';
import { EngineDeadError } from '../engine/internalErrors';
import { CrashError, type RunProbe } from '../engine/probe';

/** What every store of one engine shares: the database, who hears of new events, and whether the engine still lives. */
export class RunDatabase {
  readonly #knex: Knex;
  readonly #probe: RunProbe | undefined;
  readonly #onEvents: (events: RunEvent[]) => void;
  readonly #onDeath: () => void;
  #dead = false;

  private constructor(options: RunDatabaseOptions) {
    this.#knex = options.knex;
    this.#probe = options.probe;
    this.#onEvents = options.onEvents;
    this.#onDeath = options.onDeath;
  }

  static create(options: RunDatabaseOptions): RunDatabase {
    return new RunDatabase(options);
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** For reading. */
  get knex(): Knex {
    this.assertAlive();
    return this.#knex;
  }

  assertAlive(): void {
    if (this.#dead) {
      throw new EngineDeadError();
    }
  }

  async reached(boundary: string): Promise<void> {
    if (!this.#probe) {
      return;
    }
    this.assertAlive();
    try {
      await this.#probe.reached(boundary);
    } catch (error) {
      if (error instanceof CrashError) {
        this.#dead = true;
        this.#onDeath();
      }
      throw error;
    }
    this.assertAlive();
  }

  /** For one statement that is all or nothing by itself; tells of the events that it returned. */
  async statement(
    work: (knex: Knex) => Promise<RunEvent[] | undefined>,
  ): Promise<RunEvent[] | undefined> {
    const events = await work(this.knex);
    if (events?.length) {
      this.#onEvents(events);
    }
    return events;
  }

  /** Commits what `work` writes, or nothing; then tells of the events that it returned. */
  async transaction<T extends { events: RunEvent[] | undefined }>(
    work: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    this.assertAlive();
    const result = await this.#knex.transaction(async tx => {
      const written = await work(tx);
      this.assertAlive();
      return written;
    });
    if (result.events?.length) {
      this.#onEvents(result.events);
    }
    return result;
  }
}

interface RunDatabaseOptions {
  knex: Knex;
  probe?: RunProbe;
  onEvents: (events: RunEvent[]) => void;
  onDeath: () => void;
}
