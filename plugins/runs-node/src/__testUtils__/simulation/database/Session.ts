import knexFactory, { type Knex } from 'knex';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Lent, Rows } from './PostgresServer';
import type { SimulatedProcess } from '../SimulatedProcess';
import type { World } from '../World';

/** Set while a person acts through a process; what it then writes is the person's. */
export const acting = new AsyncLocalStorage<string>();

const BEGINS = /^begin/i;
/** Which of two that wait for one row gets it is for the server's machine to decide, so there is never more than one. */
const LOCKS_RUN = /update "?runs"? set|for update$/i;
const INTENDS = /insert into "?run_calls/;
const ENDS = /^(commit|rollback)/i;

/** One connection of a simulated process to the real database, each statement of which waits at the gate. */
export class Session {
  readonly writer: string;
  readonly #process: SimulatedProcess;
  readonly #world: World;
  #lent: Lent | undefined;
  #inTransaction = false;
  #holdsRun = false;
  #isAtWork = false;
  #isBroken = false;
  #idleSinceMs = 0;

  constructor(process: SimulatedProcess, writer: string, world: World) {
    this.#process = process;
    this.#world = world;
    this.writer = writer;
  }

  get isUsable(): boolean {
    return !this.#isBroken;
  }

  statement(sql: string, bindings: readonly unknown[]): Promise<Rows> {
    const { gate, server } = this.#world;
    if (this.#process.isDead) {
      return new Promise(() => {});
    }
    if (this.#isBroken) {
      return Promise.reject(
        new Error(
          'Client has encountered a connection error and is not queryable',
        ),
      );
    }
    return new Promise((resolve, reject) => {
      const settle = (answer: { rows?: Rows; error?: unknown }) =>
        answer.rows ? resolve(answer.rows) : reject(answer.error);
      const order = this.#world.nextOrder();
      const label = `${this.writer} ${inShort(sql)}`;
      const deliver = (answer: { rows?: Rows; error?: unknown }) =>
        this.#world.arrive(order, {
          label: `${label} → ${answer.error ? `${answer.error}` : 'ok'}`,
          isOn: () => this.#process.canHearDatabase,
          perform: () => settle(answer),
        });
      gate.add({
        label,
        isOn: () =>
          this.#process.canHearDatabase &&
          !(server.isWaiting && LOCKS_RUN.test(sql) && !this.#holdsRun),
        perform: () => this.#send(sql, bindings, label, deliver),
      });
    });
  }

  /** The connection is gone: by the process's end, or because the server went away. */
  async cut(): Promise<void> {
    this.#isBroken = true;
    if (!this.#isAtWork) {
      await this.#abandon();
    }
  }

  /** What the server does to transactions that say nothing for too long, where it was told how long. */
  async endWhenIdle(): Promise<void> {
    if (!this.#lent || this.#isAtWork || this.#isBroken) {
      return;
    }
    const { server, time } = this.#world;
    const limit = await server.idleLimitMs(this.#lent);
    if (limit > 0 && time.nowMs - this.#idleSinceMs >= limit) {
      await this.cut();
    }
  }

  async #send(
    sql: string,
    bindings: readonly unknown[],
    label: string,
    deliver: (answer: { rows?: Rows; error?: unknown }) => void,
  ): Promise<void> {
    const broken = { error: connectionBroke() };
    if (this.#isBroken || this.#world.isDatabaseDown) {
      await this.cut();
      deliver(broken);
      return;
    }
    switch (this.#world.statementFault(this.#process)) {
      case 'request-lost':
        await this.cut();
        deliver(broken);
        return;
      case 'late':
        this.#isBroken = true;
        this.#isAtWork = true;
        deliver(broken);
        this.#world.gate.add({
          label: `${label}, late`,
          isOn: () => true,
          perform: () => this.#execute(sql, bindings, () => {}),
        });
        return;
      case 'answer-lost':
        await this.#execute(sql, bindings, async () => {
          await this.cut();
          deliver(broken);
        });
        return;
      default:
        await this.#execute(sql, bindings, deliver);
    }
  }

  async #execute(
    sql: string,
    bindings: readonly unknown[],
    onAnswer: (answer: {
      rows?: Rows;
      error?: unknown;
    }) => void | Promise<void>,
  ): Promise<void> {
    const { server, time } = this.#world;
    this.#isAtWork = true;
    const lent = this.#lent ?? (await server.lend());
    this.#lent = lent;
    if (!this.#inTransaction) {
      await server.tell(lent, new Date(time.nowMs).toISOString(), this.writer);
    }
    this.#inTransaction ||= BEGINS.test(sql);
    this.#holdsRun ||= this.#inTransaction && /for update/i.test(sql);
    await server.run(lent, sql, bindings, async answer => {
      this.#isAtWork = false;
      this.#idleSinceMs = time.nowMs;
      if (ENDS.test(sql)) {
        this.#inTransaction = false;
        this.#holdsRun = false;
      }
      if (!this.#inTransaction) {
        this.#lent = undefined;
        server.giveBack(lent);
      }
      if (this.#isBroken) {
        await this.#abandon();
      }
      if (INTENDS.test(sql)) {
        await this.#world.reached(this.#process, 'journalled');
      }
      await onAnswer(
        this.#isBroken && !answer.error ? { error: connectionBroke() } : answer,
      );
    });
  }

  async #abandon(): Promise<void> {
    const lent = this.#lent;
    this.#lent = undefined;
    this.#inTransaction = false;
    if (lent) {
      await this.#world.server.rollBack(lent);
    }
  }
}

const PgClient = knexFactory({ client: 'pg' }).client
  .constructor as typeof Knex.Client;

/** Knex as the engine knows it, on sessions of a simulated process. */
export function simulatedKnex(process: SimulatedProcess, world: World): Knex {
  const usable = new Set<Session>();
  class SimulatedClient extends PgClient {
    async acquireConnection() {
      const writer = acting.getStore() ?? process.writer;
      for (const session of usable) {
        if (session.writer === writer && session.isUsable) {
          usable.delete(session);
          return session;
        }
      }
      return process.opened(new Session(process, writer, world));
    }

    async releaseConnection(session: Session) {
      if (session.isUsable) {
        usable.add(session);
      }
    }

    async _query(
      session: Session,
      query: { sql: string; bindings?: unknown[]; response?: Rows },
    ) {
      query.response = await session.statement(query.sql, query.bindings ?? []);
      return query;
    }
  }
  return knexFactory({ client: SimulatedClient, version: '18' });
}

function connectionBroke(): Error {
  return new Error('Connection terminated unexpectedly');
}

function inShort(sql: string): string {
  const tables = [...sql.matchAll(/(update|into|from) "?(run\w*)"?/g)];
  const what = tables.map(([, verb, table]) => `${verb} ${table}`);
  return what.length > 0 ? [...new Set(what)].join(', ') : sql.slice(0, 40);
}
