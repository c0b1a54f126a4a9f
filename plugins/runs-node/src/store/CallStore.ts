import type { JsonObject, JsonValue } from '@backstage/types';
import type { RunProblem } from '@slipway/plugin-runs-common';
import type { Knex } from 'knex';
import { LeaseLostError } from '../engine/internalErrors';
import type { RunRecord, StepWork } from '../state/types';
import type { EventDraft } from '../state/words';
import type { CallGuard } from '../types';
import type { RunDatabase } from './RunDatabase';
import { CALLS, databaseNow, RUNS, toJson, toText } from './rows';
import { writeRun } from './writeRun';

export type GuardType = CallGuard<JsonValue>['type'];

/** One attempt of one step, going one way. */
export interface CallScope {
  run: RunRecord;
  fence: number;
  stepId: string;
  work: StepWork;
  attempt: number;
}

export interface CallRow {
  run_id: string;
  step_id: string;
  work: StepWork;
  attempt: number;
  name: string;
  guard: GuardType;
  token: string;
  facts: JsonObject;
  state: 'intended' | 'succeeded' | 'failed';
  result: JsonValue;
  problem: RunProblem | null;
  intended_at: Date;
  ended_at: Date | null;
}

/** The journal of calls. Every write is the driver's, and goes through the run's fence. */
export class CallStore {
  readonly #database: RunDatabase;

  private constructor(database: RunDatabase) {
    this.#database = database;
  }

  static create(database: RunDatabase): CallStore {
    return new CallStore(database);
  }

  /**
   * The call of this attempt, and the latest one of an attempt before it that may have taken effect: one that was
   * refused has not.
   */
  async find(
    scope: CallScope,
    name: string,
  ): Promise<{ current?: CallRow; earlier?: CallRow }> {
    const rows = await this.#database
      .knex<CallRow>(CALLS)
      .where({
        run_id: scope.run.id,
        step_id: scope.stepId,
        work: scope.work,
        name: toText(name),
      })
      .where('attempt', '<=', scope.attempt)
      .orderBy('attempt', 'desc');
    return {
      current: rows.find(row => row.attempt === scope.attempt),
      earlier: rows.find(
        row => row.attempt < scope.attempt && row.state !== 'failed',
      ),
    };
  }

  async intend(
    scope: CallScope,
    call: { name: string; guard: GuardType; token: string; facts: JsonObject },
    event: EventDraft,
  ): Promise<void> {
    const row = {
      ...keyOf(scope, call.name),
      guard: call.guard,
      token: call.token,
      facts: toJson(call.facts),
      state: 'intended',
    };
    const columns = Object.keys(row);
    await this.#database.statement(knex =>
      writeRun(
        knex,
        {
          run: scope.run,
          steps: [],
          change: {},
          events: [event],
          together: () =>
            knex.raw(
              `insert into ${CALLS} (${columns.join(', ')})
               select ?, ?, ?, ?::int, ?, ?, ?, ?::json, ? from raised
               on conflict (run_id, step_id, work, name, attempt) do update
               set state = excluded.state, guard = excluded.guard, facts = excluded.facts,
                   problem = null, intended_at = now(), ended_at = null`,
              Object.values(row) as Knex.RawBinding[],
            ),
        },
        scope.fence,
      ),
    );
  }

  /** May be called again where it is not known whether it was committed. */
  async finish(
    scope: CallScope,
    name: string,
    outcome:
      | { state: 'succeeded'; result: JsonValue }
      | { state: 'failed'; problem: RunProblem },
    event: EventDraft,
  ): Promise<void> {
    const key = { ...keyOf(scope, name), state: 'intended' };
    const written = await this.#database.statement(knex =>
      writeRun(
        knex,
        {
          run: scope.run,
          steps: [],
          change: {},
          events: [event],
          onlyIf: ifLocked =>
            knex(CALLS)
              .where(key)
              .whereExists(ifLocked)
              .returning('name')
              .update({
                state: outcome.state,
                result: 'result' in outcome ? toJson(outcome.result) : null,
                problem: 'problem' in outcome ? toJson(outcome.problem) : null,
                ended_at: databaseNow(knex),
              }),
        },
        scope.fence,
      ),
    );
    if (!written && !(await this.#isDriver(scope))) {
      throw new LeaseLostError(scope.run.id);
    }
  }

  /** Where it is, what could not be written had been written before, and not by another driver. */
  async #isDriver({ run, fence }: CallScope): Promise<boolean> {
    const row = await this.#database
      .knex(RUNS)
      .where({ id: run.id, fence })
      .first('id');
    return row !== undefined;
  }

  /** A call of this attempt that nothing protects and whose outcome nobody knows. */
  async findUnprotected(scope: CallScope): Promise<CallRow | undefined> {
    return this.#database
      .knex<CallRow>(CALLS)
      .where({
        run_id: scope.run.id,
        step_id: scope.stepId,
        work: scope.work,
        attempt: scope.attempt,
        state: 'intended',
        guard: 'none',
      })
      .first();
  }
}

function keyOf(scope: CallScope, name: string) {
  return {
    run_id: scope.run.id,
    step_id: scope.stepId,
    work: scope.work,
    attempt: scope.attempt,
    name: toText(name),
  };
}
