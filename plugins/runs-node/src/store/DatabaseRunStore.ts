import { ConflictError, NotFoundError } from '@backstage/errors';
import { RUN_EVENT_CODES } from '@slipway/plugin-runs-common';
import type {
  Run,
  RunCommand,
  RunEvent,
  RunState,
} from '@slipway/plugin-runs-common';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { applyCommand } from '../state/command';
import { commandEvents } from '../state/commandEvents';
import type { RunSnapshot } from '../state/types';
import type { NewRun, RunFilter, RunKind } from '../types';
import { LeaseLostError } from '../engine/internalErrors';
import type { RunDatabase } from './RunDatabase';
import {
  databaseNow,
  EVENTS,
  RUNS,
  SIGNALS,
  STEPS,
  toEvent,
  toJson,
  toRun,
  toRunRecord,
  toStepRecord,
  toText,
  type EventRow,
  type RunRow,
  type StepRow,
} from './rows';
import { appendEvents, writeRun, type RunWrite } from './writeRun';

const DEFAULT_PAGE = 50;
const MAX_PAGE = 200;
const DEFAULT_EVENTS = 500;
const MAX_EVENTS = 5000;

/** Runs, their steps and their history in PostgreSQL. */
export class DatabaseRunStore {
  readonly #database: RunDatabase;

  private constructor(database: RunDatabase) {
    this.#database = database;
  }

  static create(database: RunDatabase): DatabaseRunStore {
    return new DatabaseRunStore(database);
  }

  /** Within `tx` where one is given: the run exists once that commits. */
  async insert(newRun: NewRun, tx?: Knex.Transaction): Promise<Run> {
    const id = uuid();
    const write = async (into: Knex.Transaction) => {
      await insertRun(into, id, newRun);
      return {
        events: await appendEvents(into, id, 0, [
          {
            code: RUN_EVENT_CODES.created,
            level: 'info',
            actor: newRun.createdBy,
            message: `${newRun.title} was requested`,
            data: {},
          },
        ]),
      };
    };
    if (tx) {
      await write(tx);
    } else {
      await this.#database.transaction(write);
    }
    const { run, steps } = await readSnapshot(tx ?? this.#database.knex, id);
    return toRun(run, steps);
  }

  /** @throws NotFoundError */
  async load(runId: string): Promise<RunSnapshot> {
    return readSnapshot(this.#database.knex, runId);
  }

  /** @throws NotFoundError */
  async get(runId: string): Promise<Run> {
    const { run, steps } = await this.load(runId);
    return toRun(run, steps);
  }

  /** @throws NotFoundError */
  async head(
    runId: string,
  ): Promise<{ state: RunState; lastSequence: number }> {
    assertRunId(runId);
    const row = await this.#database
      .knex<RunRow>(RUNS)
      .where({ id: runId })
      .first('state', 'last_sequence');
    if (!row) {
      throw noSuchRun(runId);
    }
    return { state: row.state, lastSequence: row.last_sequence };
  }

  async list(filter: RunFilter): Promise<Run[]> {
    const { knex } = this.#database;
    const query = knex<RunRow>(RUNS)
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(clamp(filter.limit ?? DEFAULT_PAGE, MAX_PAGE));
    if (filter.subject !== undefined) {
      query.where('subject', toText(filter.subject));
    }
    if (filter.kinds) {
      query.whereIn('kind', filter.kinds);
    }
    if (filter.states) {
      query.whereIn('state', filter.states);
    }
    if (filter.before !== undefined) {
      assertRunId(filter.before);
      query.whereRaw(
        '(created_at, id) < (select created_at, id from runs where id = ?)',
        [filter.before],
      );
    }
    const rows = await query.select('*');
    const steps = await knex<StepRow>(STEPS)
      .whereIn(
        'run_id',
        rows.map(row => row.id),
      )
      .orderBy('position');
    const byRun = new Map<string, StepRow[]>();
    for (const step of steps) {
      byRun.set(step.run_id, [...(byRun.get(step.run_id) ?? []), step]);
    }
    return rows.map(row =>
      toRun(toRunRecord(row), (byRun.get(row.id) ?? []).map(toStepRecord)),
    );
  }

  async events(
    runId: string,
    options: { after?: number; limit?: number } = {},
  ): Promise<RunEvent[]> {
    assertRunId(runId);
    const rows = await this.#database
      .knex<EventRow>(EVENTS)
      .where({ run_id: runId })
      .where('sequence', '>', options.after ?? 0)
      .orderBy('sequence')
      .limit(clamp(options.limit ?? DEFAULT_EVENTS, MAX_EVENTS));
    return rows.map(toEvent);
  }

  /**
   * A driver's change of its run.
   *
   * @param within - runs in the same transaction, after the run's row is locked and before it is changed; what it
   *   returns replaces the write.
   * @returns false where `ifSequenceIs` did not hold.
   * @throws LeaseLostError
   */
  async change(
    fence: number,
    write: RunWrite,
    within?: (tx: Knex.Transaction) => Promise<RunWrite>,
  ): Promise<boolean> {
    if (!within) {
      const written = await this.#database.statement(knex =>
        writeRun(knex, write, fence),
      );
      return written !== undefined;
    }
    const { events } = await this.#database.transaction(async tx => {
      const lastSequence = await lockForDriver(tx, write.run.id, fence);
      if ((write.ifSequenceIs ?? lastSequence) !== lastSequence) {
        return { events: undefined };
      }
      return { events: await writeRun(tx, await within(tx), fence) };
    });
    return events !== undefined;
  }

  /** @throws ConflictError, NotFoundError */
  async command(
    runId: string,
    command: RunCommand,
    actor: string,
    kindOf: (kind: string) => RunKind | undefined,
  ): Promise<Run> {
    assertRunId(runId);
    await this.#database.transaction(async tx => {
      const snapshot = await readSnapshot(tx, runId, { lock: true });
      const outcome = applyCommand(snapshot, command);
      if ('refused' in outcome) {
        throw new ConflictError(`'${snapshot.run.title}': ${outcome.refused}`);
      }
      if (outcome.reopens) {
        await kindOf(snapshot.run.kind)?.beforeReopen?.(
          toRun(snapshot.run, snapshot.steps),
          tx,
          command,
        );
      }
      if (command.type === 'signal') {
        await tx(SIGNALS).insert({
          run_id: runId,
          name: toText(command.signal),
          payload: toJson(command.payload),
          actor,
        });
      }
      return {
        events: await writeRun(
          tx,
          {
            ...snapshot,
            change: outcome.change,
            events: commandEvents(snapshot, command, actor),
            wake: outcome.wakes,
          },
          undefined,
        ),
      };
    });
    return this.get(runId);
  }
}

async function insertRun(tx: Knex.Transaction, id: string, run: NewRun) {
  await tx(RUNS).insert({
    id,
    kind: run.kind,
    title: toText(run.title),
    subject: toText(run.subject),
    created_by: run.createdBy,
    inputs: toJson(run.inputs),
    state: 'queued',
    phase: 'forward',
    last_sequence: 1,
    fence: 0,
    claimable_at: databaseNow(tx),
  });
  await tx(STEPS).insert(
    run.steps.map((step, position) => ({
      run_id: id,
      id: step.id,
      position,
      type: step.type,
      title: toText(step.title),
      depends_on: toJson(step.dependsOn ?? []),
      input: toJson(step.input ?? {}),
      skippable: step.skippable ?? true,
      timeout_seconds: step.timeoutSeconds ?? null,
      retry: toJson(step.retry),
      expected_seconds: step.expectedSeconds ?? null,
      state: 'pending',
      attempt: 1,
      worked_ms: 0,
      auto_retries: 0,
      undone: false,
      undo_attempt: 1,
    })),
  );
}

async function readSnapshot(
  knex: Knex,
  runId: string,
  options?: { lock: boolean },
): Promise<RunSnapshot> {
  assertRunId(runId);
  const query = knex(RUNS)
    .where({ id: runId })
    .first<RunRow & { db_now: Date }>('*', knex.raw('now() as db_now'));
  const row = await (options?.lock ? query.forUpdate() : query);
  if (!row) {
    throw noSuchRun(runId);
  }
  const steps = await knex<StepRow>(STEPS)
    .where({ run_id: runId })
    .orderBy('position');
  return {
    run: toRunRecord(row),
    steps: steps.map(toStepRecord),
    now: row.db_now,
  };
}

async function lockForDriver(
  tx: Knex.Transaction,
  runId: string,
  fence: number,
): Promise<number> {
  const row = await tx<RunRow>(RUNS)
    .where({ id: runId, fence })
    .forUpdate()
    .first('last_sequence');
  if (!row) {
    throw new LeaseLostError(runId);
  }
  return row.last_sequence;
}

function assertRunId(runId: string) {
  if (!/^[0-9a-f-]{36}$/.test(runId)) {
    throw noSuchRun(runId);
  }
}

function noSuchRun(runId: string) {
  return new NotFoundError(`No run has the id '${runId}'`);
}

function clamp(wanted: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(wanted) || 1));
}
