import knexFactory, { type Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { migrateRuns } from '../../../store/migrateRuns';
import { watchWrites } from './watchWrites';

const LOCK_LOOK_MS = 4;
/** Deleting is faster, and leaves more and more behind. */
const TRUNCATE_EVERY = 40;

export interface Rows {
  rows: Array<Record<string, unknown>>;
}

interface RawConnection {
  processID: number;
  query(query: {
    name?: string;
    text: string;
    values: readonly unknown[];
  }): Promise<Rows>;
  end(): Promise<void>;
}

/** A real connection, lent to one statement or one transaction at a time. */
export interface Lent {
  raw: RawConnection;
  /** What the session was last told of time and writer. */
  told: string;
}

/**
 * The real PostgreSQL, in a schema of its own where `now()` is the virtual time. It runs one statement at a time,
 * except for those that wait for a lock.
 */
export class PostgresServer {
  readonly #knex: Knex;
  readonly #schema: string;
  readonly #free: Lent[] = [];
  readonly #all: Lent[] = [];
  readonly #outstanding = new Map<number, Promise<unknown>>();
  readonly #names = new Map<string, string>();
  #admin!: RawConnection;
  #cleared = 0;

  private constructor(connection: Knex.Config['connection'], schema: string) {
    this.#schema = schema;
    this.#knex = knexFactory({
      client: 'pg',
      connection,
      searchPath: [schema, 'pg_catalog'],
      pool: { min: 0, max: 2 },
    });
  }

  static async create(
    connection: Knex.Config['connection'],
  ): Promise<PostgresServer> {
    const schema = `simulated_${randomBytes(4).toString('hex')}`;
    const server = new PostgresServer(connection, schema);
    await server.#knex.raw('create schema ??', [schema]);
    await server.#knex.raw(
      `create function now() returns timestamptz language sql stable as
       $$ select coalesce(nullif(current_setting('sim.now', true), '')::timestamptz, pg_catalog.now()) $$`,
    );
    await migrateRuns(server.#knex);
    await watchWrites(server.#knex);
    server.#admin = await server.#connect();
    return server;
  }

  async destroy(): Promise<void> {
    await this.#admin.query({
      text: `drop schema ${this.#schema} cascade`,
      values: [],
    });
    await Promise.all(
      [this.#admin, ...this.#all.map(({ raw }) => raw)].map(raw => raw.end()),
    );
    await this.#knex.destroy();
  }

  /** Looks at the truth, past all gates. */
  async look<T>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.#admin.query({ name: this.#nameOf(text), text, values }))
      .rows as T[];
  }

  /** Empties everything; nobody may have a transaction open. */
  async clear(): Promise<void> {
    this.#cleared += 1;
    await this.look(
      this.#cleared % TRUNCATE_EVERY === 0
        ? 'truncate runs, violations, claims, ends cascade'
        : 'delete from runs; delete from violations; delete from claims; delete from ends',
    );
  }

  async lend(): Promise<Lent> {
    const free = this.#free.pop();
    if (free) {
      return free;
    }
    const lent = { raw: await this.#connect(), told: '' };
    this.#all.push(lent);
    return lent;
  }

  /** Whether somebody waits for a lock. */
  get isWaiting(): boolean {
    return this.#outstanding.size > 0;
  }

  giveBack(lent: Lent): void {
    this.#free.push(lent);
  }

  /** Ends the transaction of a connection that is gone. */
  async rollBack(lent: Lent): Promise<void> {
    await lent.raw.query({ text: 'rollback', values: [] });
    this.giveBack(lent);
  }

  /** How long the transaction said that it may be silent; 0: for ever. */
  async idleLimitMs(lent: Lent): Promise<number> {
    const { rows } = await lent.raw.query({
      name: 'idle-limit',
      text: `select setting::int as limit_ms from pg_settings where name = 'idle_in_transaction_session_timeout'`,
      values: [],
    });
    return rows[0].limit_ms as number;
  }

  async tell(lent: Lent, now: string, writer: string): Promise<void> {
    const told = `${now} ${writer}`;
    if (lent.told !== told) {
      await lent.raw.query({
        text: `select set_config('sim.now', $1, false), set_config('sim.writer', $2, false)`,
        values: [now, writer],
      });
      lent.told = told;
    }
  }

  /** Resolves when the statement was answered or waits for a lock; `onAnswer` is called in either case, then or later. */
  async run(
    lent: Lent,
    text: string,
    values: readonly unknown[],
    onAnswer: (answer: { rows?: Rows; error?: unknown }) => Promise<void>,
  ): Promise<void> {
    const { raw } = lent;
    let answer: { rows?: Rows; error?: unknown } = {};
    const answered = raw
      .query({ name: this.#nameOf(text), text, values })
      .then(
        rows => {
          answer = { rows };
        },
        error => {
          answer = { error };
        },
      )
      .then(async () => {
        await onAnswer(answer);
        this.#outstanding.delete(raw.processID);
      });
    this.#outstanding.set(raw.processID, answered);
    await this.untilStill();
  }

  /** Resolves when every statement was answered or waits for a lock. */
  async untilStill(): Promise<void> {
    while (this.#outstanding.size > 0) {
      const before = this.#outstanding.size;
      await Promise.race([delay(LOCK_LOOK_MS), ...this.#outstanding.values()]);
      if (this.#outstanding.size < before) {
        continue;
      }
      const pids = [...this.#outstanding.keys()];
      const waiting = await this.look<{ pid: number }>(
        `select distinct pid from pg_locks
         where not granted and locktype in ('transactionid', 'tuple') and pid = any($1)`,
        [pids],
      );
      if (
        waiting.length === this.#outstanding.size &&
        waiting.every(({ pid }) => this.#outstanding.has(pid))
      ) {
        return;
      }
    }
  }

  /** Statements are planned once a connection, which takes half the time. */
  #nameOf(text: string): string | undefined {
    if (!/^(select|insert|update|with)[^;]*$/i.test(text)) {
      return undefined;
    }
    const name = this.#names.get(text) ?? `s${this.#names.size + 1}`;
    this.#names.set(text, name);
    return name;
  }

  async #connect(): Promise<RawConnection> {
    const raw =
      (await this.#knex.client.acquireRawConnection()) as RawConnection;
    await raw.query({
      text: `select set_config('synchronous_commit', 'off', false)`,
      values: [],
    });
    return raw;
  }
}
