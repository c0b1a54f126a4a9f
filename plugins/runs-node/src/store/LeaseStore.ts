import { RUN_EVENT_CODES } from '@slipway/plugin-runs-common';
import type { RunEvent } from '@slipway/plugin-runs-common';
import type { Knex } from 'knex';
import type { RunDatabase } from './RunDatabase';
import { databaseNow, RUNS, toRunRecord, type RunRow } from './rows';
import { eventsOfChange } from '../state/words';
import type { RunRecord } from '../state/types';
import { appendEvents } from './writeRun';

export interface Claim {
  runId: string;
  kind: string;
  fence: number;
  /** The database's time when the lease began. */
  at: Date;
}

/** Who may drive a run, and until when. All times are the database's. */
export class LeaseStore {
  readonly #database: RunDatabase;

  private constructor(database: RunDatabase) {
    this.#database = database;
  }

  static create(database: RunDatabase): LeaseStore {
    return new LeaseStore(database);
  }

  /**
   * Takes up runs that nobody drives, whose timer is up, or whose driver let its lease run out.
   *
   * `skip locked` lets several back ends look at once without waiting for one another; a row that is being written
   * to is left for the next look. Raising the fence is what shuts out the driver before.
   */
  async claim(options: {
    driver: string;
    kinds: string[];
    leaseSeconds: number;
    limit: number;
  }): Promise<Claim[]> {
    const { claims } = await this.#database.transaction(async tx => {
      const rows = await tx<RunRow>(RUNS)
        .where('claimable_at', '<=', databaseNow(tx))
        .whereIn('kind', options.kinds)
        .orderBy(['claimable_at', 'id'])
        .limit(options.limit)
        .forUpdate()
        .skipLocked()
        .select('*');
      const events: RunEvent[] = [];
      const taken: Claim[] = [];
      for (const row of rows) {
        const claim = await takeUp(tx, toRunRecord(row), options);
        events.push(...claim.events);
        taken.push(claim);
      }
      return { events, claims: taken };
    });
    return claims;
  }

  /** @returns the database's time, or undefined where another driver has taken the run up. */
  async renew(
    runId: string,
    fence: number,
    leaseSeconds: number,
  ): Promise<Date | undefined> {
    const { knex } = this.#database;
    const rows = await knex(RUNS)
      .where({ id: runId, fence })
      .whereNotNull('driver')
      .update({ claimable_at: secondsFromNow(knex, leaseSeconds) })
      .returning<Array<{ db_now: Date }>>(knex.raw('now() as db_now'));
    return rows[0]?.db_now;
  }

  /** Lets any back end go on with the run, at once or a little later. */
  async release(
    runId: string,
    fence: number,
    afterSeconds: number,
  ): Promise<void> {
    const { knex } = this.#database;
    await knex(RUNS)
      .where({ id: runId, fence })
      .whereNotNull('driver')
      .update({
        driver: null,
        claimable_at: secondsFromNow(knex, afterSeconds),
      });
  }
}

async function takeUp(
  tx: Knex.Transaction,
  run: RunRecord,
  options: { driver: string; leaseSeconds: number },
): Promise<Claim & { events: RunEvent[] }> {
  const change =
    run.state === 'cancelling' ? {} : { run: { state: 'running' as const } };
  const fence = run.fence + 1;
  const drafts = [
    {
      code: RUN_EVENT_CODES.taken,
      level: run.driver ? ('warning' as const) : ('info' as const),
      message: takenUpInWords(run.driver, options.driver),
      data: { driver: options.driver, fence },
    },
    ...eventsOfChange({ run, steps: [] }, change),
  ];
  const [row] = await tx(RUNS)
    .where({ id: run.id })
    .update({
      fence,
      driver: options.driver,
      claimable_at: secondsFromNow(tx, options.leaseSeconds),
      started_at: tx.raw('coalesce(started_at, now())'),
      last_sequence: run.lastSequence + drafts.length,
      ...change.run,
      ...(change.run && { problem: null }),
    })
    .returning<Array<{ db_now: Date }>>(tx.raw('now() as db_now'));
  return {
    runId: run.id,
    kind: run.kind,
    fence,
    at: row.db_now,
    events: await appendEvents(tx, run.id, run.lastSequence, drafts),
  };
}

function takenUpInWords(before: string | undefined, driver: string): string {
  if (!before) {
    return `Taken up by ${driver}`;
  }
  return before === driver
    ? `Taken up again by ${driver}, which had lost touch with the database`
    : `Taken up by ${driver}, because ${before} stopped answering`;
}

function secondsFromNow(knex: Knex, seconds: number) {
  return knex.raw("now() + ? * interval '1 second'", [seconds]);
}
