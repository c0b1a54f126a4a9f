import type { JsonObject, JsonValue } from '@backstage/types';
import type {
  Run,
  RunCommand,
  RunEvent,
  RunEventLevel,
  RunState,
  SettledRunState,
  StepProgress,
} from '@slipway/plugin-runs-common';
import type { Knex } from 'knex';

/**
 * Why repeating a call is safe when its answer was lost.
 *
 * - `token`: the service drops a repeat that carries the same idempotency token. The engine makes the token once,
 *   journals it with the intent, and hands the same one to every repeat.
 * - `name`: the thing made has a name that is derived from the run; `observe` finds it if an earlier try made it. Asked
 *   only where an earlier try, in this attempt of the step or one before it, may have made it.
 * - `precondition`: `observe` tells whether the effect is there already. Asked before every try, the first included.
 * - `none`: nothing protects it; a lost answer stops the run for a person, with the facts.
 *
 * @public
 */
export type CallGuard<T extends JsonValue> =
  | { type: 'token' }
  | { type: 'name' | 'precondition'; observe: () => Promise<Observation<T>> }
  | { type: 'none' };

/** @public */
export type Observation<T extends JsonValue> =
  | { done: true; result: T }
  | { done: false };

/** A call that changes something outside the database. @public */
export interface MutatingCall<T extends JsonValue> {
  /**
   * Unique within the step; names the journal entry, e.g. `CreateStack`. A second call of the same name in one attempt
   * returns the first one's recorded result; after a recorded failure it is tried again.
   */
  name: string;
  /** What a person needs to know of the request, e.g. account, region, stack. Journalled; never a secret. */
  facts: JsonObject;
  guard: CallGuard<T>;
  /**
   * Performs it. `token` is stable for (run, step, attempt, name): 64 hexadecimal characters. A new attempt has a new
   * one, except where the earlier attempt's answer was lost: then it goes on with the same.
   */
  execute: (token: string) => Promise<T>;
  /**
   * Tells whether an error means for sure that nothing happened (e.g. a 4xx answer). By default every error of
   * `execute` is taken as an answer, except those that {@link isLostAnswer} recognises (time-outs, resets, 5xx).
   */
  isAnswer?: (error: unknown) => boolean;
}

/** What a step tells; the engine adds sequence, time and step. @public */
export interface StepEvent {
  /** `step.log`, or a code of the run's kind. */
  code: string;
  /** Default `info`. */
  level?: RunEventLevel;
  message: string;
  data?: JsonObject;
}

/** @public */
export interface StepContext<TInput extends JsonObject = JsonObject> {
  readonly run: Pick<
    Run,
    'id' | 'kind' | 'subject' | 'createdBy' | 'inputs' | 'title'
  >;
  readonly step: {
    readonly id: string;
    readonly attempt: number;
    readonly input: TInput;
  };
  /** Aborts when the lease is lost, the back end stops, or the run is paused or cancelled. Pass it on. */
  readonly signal: AbortSignal;
  /** The output of an earlier step of this run; undefined where it has none (yet). */
  output<T extends JsonObject>(stepId: string): T | undefined;
  /** The only way to change the world: journalled before and after, guarded, fenced. */
  call<T extends JsonValue>(call: MutatingCall<T>): Promise<T>;
  emit(event: StepEvent): Promise<void>;
  progress(progress: StepProgress): Promise<void>;
  /** What {@link StepContext.saveCheckpoint} kept last in this attempt; survives a crash. `cancel` and `compensate` see it too. */
  readonly checkpoint: JsonObject | undefined;
  /** `events` are emitted with it, in the same transaction: what the checkpoint says was told was told exactly once. */
  saveCheckpoint(value: JsonObject, events?: StepEvent[]): Promise<void>;
  /** Rejects when `signal` aborts. */
  sleep(milliseconds: number): Promise<void>;
  /**
   * Returns a signal that was sent, or leaves the step: it is called again from its start when the signal arrives,
   * days later perhaps and in another back end. Signals are kept, so one sent early is not lost. An attempt gets one
   * signal of a name, the latest of those not yet used, and the same one each time it asks.
   *
   * @throws StepFailedError with code `step.wait-expired` when `until` has passed.
   */
  waitForSignal(
    name: string,
    options: { title: string; until?: Date },
  ): Promise<{ payload: JsonValue; actor: string; at: Date }>;
  /**
   * Waits within the step for what is not its own work, e.g. its turn; the time does not count towards the step's
   * `timeoutSeconds`.
   */
  uncounted<T>(wait: () => Promise<T>): Promise<T>;
  /** Leaves the step until a time; it is called again from its start. Compare with `now()` first. */
  waitUntil(time: Date, title: string): Promise<never>;
  /** The database's time, which all timers follow. */
  now(): Date;
}

/**
 * One type of step. Handlers hold no state between calls: `execute` may be called again from its start after a crash,
 * in another process; what it did is in the journal (`call`), the checkpoint, or the world.
 *
 * Lifecycle: `execute` until it returns, throws, or waits. When the run is cancelled, `cancel` is called on each step
 * that had started and not succeeded (running, waiting, failed, skipped), then `compensate` on each that had succeeded,
 * one at a time, latest first; both may be called again after a crash and may use `ctx.call`. What they throw stops the
 * run for a person, who may retry the step, skip it, or cancel again.
 *
 * @public
 */
export interface StepHandler<
  TInput extends JsonObject = JsonObject,
  TOutput extends JsonObject = JsonObject,
> {
  readonly type: string;
  execute(ctx: StepContext<TInput>): Promise<TOutput>;
  cancel?(ctx: StepContext<TInput>): Promise<void>;
  compensate?(ctx: StepContext<TInput>): Promise<void>;
}

/** @public */
export interface RunKind {
  readonly kind: string;
  /**
   * Called once or more when the run reaches an end, before the end is written, in the transaction that writes it: what it
   * writes through `tx` happens exactly once. Throwing leaves the run unsettled and is tried again.
   */
  onSettled?(
    run: Run,
    state: SettledRunState,
    tx: Knex.Transaction,
  ): Promise<void>;
  /** Called in the transaction that reopens a failed run (retry, skip, cancel). Throw a ConflictError to refuse. */
  beforeReopen?(
    run: Run,
    tx: Knex.Transaction,
    command: RunCommand,
  ): Promise<void>;
}

/** @public */
export interface NewStep {
  id: string;
  type: string;
  title: string;
  dependsOn?: string[];
  input?: JsonObject;
  /** Of one attempt; the step fails with `step.timed-out` beyond it. Time spent waiting does not count. */
  timeoutSeconds?: number;
  /** Automatic retries of failures whose error says they are retryable; default none. */
  retry?: { attempts: number; delaySeconds: number };
  expectedSeconds?: number;
  /** False where a person may not skip it when it failed, e.g. a confirmation; default true. */
  skippable?: boolean;
}

/** @public */
export interface NewRun {
  kind: string;
  title: string;
  subject: string;
  createdBy: string;
  inputs: JsonObject;
  steps: NewStep[];
}

/** @public */
export interface RunFilter {
  subject?: string;
  kinds?: string[];
  states?: RunState[];
  /** Newest first; default 50, at most 200. */
  limit?: number;
  /** Of the previous page's last run. */
  before?: string;
}

/**
 * Durable runs: a graph of steps kept in PostgreSQL, driven by whichever back end holds the run's lease.
 * @public
 */
export interface RunEngine {
  registerKind(kind: RunKind): void;
  registerStep<I extends JsonObject, O extends JsonObject>(
    handler: StepHandler<I, O>,
  ): void;
  /** Begins to drive runs. Call it after every kind and step is registered. */
  start(): Promise<void>;
  /** Lets go of every lease at the next safe point. */
  stop(): Promise<void>;

  /** Creates the run inside the caller's transaction where one is given, so that it exists if and only if that commits. */
  create(run: NewRun, tx?: Knex.Transaction): Promise<Run>;
  /** @throws NotFoundError */
  get(runId: string): Promise<Run>;
  list(filter: RunFilter): Promise<Run[]>;
  /** In order, after the given sequence; at most `limit` (default 500). */
  events(
    runId: string,
    options?: { after?: number; limit?: number },
  ): Promise<RunEvent[]>;
  /** Yields batches of events in order without gaps, from `after` on, until the run is settled or `signal` aborts. */
  follow(
    runId: string,
    options: { after?: number; signal: AbortSignal },
  ): AsyncIterable<RunEvent[]>;
  /** @throws ConflictError where the run's state does not allow it; NotFoundError. */
  command(runId: string, command: RunCommand, actor: string): Promise<Run>;
}
