import type { RunEvent } from '@slipway/plugin-runs-common';
import type { Knex } from 'knex';
import { EngineDeadError } from '../engine/internalErrors';
import { CrashError, type RunProbe } from '../engine/probe';

/** What every store of one engine shares: the database, who hears of new events, and whether the engine still lives. */
export class RunDatabase {
  readonly #knex: Knex;
  readonly #silentMs: number;
  readonly #probe: RunProbe | undefined;
  readonly #onEvents: (events: RunEvent[]) => void;
  readonly #onDeath: () => void;
  #dead = false;

  private constructor(options: RunDatabaseOptions) {
    this.#knex = options.knex;
    this.#silentMs = Math.ceil(options.silentSeconds * 1000);
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

  /**
   * Commits what `work` writes, or nothing; then tells of the events that it returned.
   *
   * A process that is frozen in the middle, or whose machine is gone without a word, would otherwise hold the row of
   * its run for as long as the server takes its connection to be alive, which may be hours.
   */
  async transaction<T extends { events: RunEvent[] | undefined }>(
    work: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    this.assertAlive();
    const result = await this.#knex.transaction(async tx => {
      await tx.raw(
        `set local idle_in_transaction_session_timeout = ${this.#silentMs}`,
      );
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
  /** How long a transaction may go without a statement before the server ends it. */
  silentSeconds: number;
  onEvents: (events: RunEvent[]) => void;
  onDeath: () => void;
}
