import type { JsonObject, JsonValue } from '@backstage/types';
import { RUN_EVENT_CODES } from '@slipway/plugin-runs-common';
import type { RunProblem, StepProgress } from '@slipway/plugin-runs-common';
import { InputError } from '@backstage/errors';
import { NeedsAttentionError, StepFailedError } from '../errors';
import type { RunSnapshot, StepRecord, StepWait } from '../state/types';
import type { EventDraft } from '../state/words';
import type { CallScope } from '../store/CallStore';
import type { DatabaseRunStore } from '../store/DatabaseRunStore';
import { takeSignal } from '../store/SignalStore';
import type { RunDatabase } from '../store/RunDatabase';
import type { MutatingCall, StepContext, StepEvent } from '../types';
import { assertJson } from './assertJson';
import { CallJournal, type CallJournalOptions } from './CallJournal';
import type { DriverWrites } from './DriverWrites';
import type { LeaseKeeper } from './LeaseKeeper';
import { pause } from './RunClock';

/** How a step asked to be left before its handler returned; it counts whatever the handler makes of the error. */
export type Departure =
  | { because: 'waits'; waitingFor: StepWait }
  | { because: 'needs-attention'; problem: RunProblem };

/** Leaves the handler; the engine knows why from {@link JournalledStepContext.departure}. */
class StepWaits extends Error {
  constructor(title: string) {
    super(`Left to wait: ${title}`);
    this.name = 'StepWaits';
  }
}

/** What a handler works with during one stretch of work; of no use once that is over. */
export class JournalledStepContext implements StepContext {
  readonly run: StepContext['run'];
  readonly step: StepContext['step'];
  readonly #options: StepContextOptions;
  readonly #journal: CallJournal;
  #checkpoint: JsonObject | undefined;
  #departure: Departure | undefined;
  #closed = false;

  private constructor(options: StepContextOptions) {
    const { snapshot, step, scope } = options;
    const { id, kind, subject, createdBy, inputs, title } = snapshot.run;
    this.run = { id, kind, subject, createdBy, inputs, title };
    this.step = { id: step.id, attempt: scope.attempt, input: step.input };
    this.#options = options;
    this.#checkpoint = step.checkpoint;
    this.#journal = CallJournal.create({
      ...options,
      sleep: milliseconds => this.sleep(milliseconds),
      tell: event => this.#write({ events: [event] }),
    });
  }

  static create(options: StepContextOptions): JournalledStepContext {
    return new JournalledStepContext(options);
  }

  get signal(): AbortSignal {
    return this.#options.signal;
  }

  get checkpoint(): JsonObject | undefined {
    return this.#checkpoint;
  }

  get departure(): Departure | undefined {
    return this.#departure;
  }

  /** From now on everything that the handler still tries is refused. */
  close(): void {
    this.#closed = true;
  }

  output<T extends JsonObject>(stepId: string): T | undefined {
    return this.#options.snapshot.steps.find(step => step.id === stepId)
      ?.output as T | undefined;
  }

  async call<T extends JsonValue>(call: MutatingCall<T>): Promise<T> {
    this.#assertOpen();
    assertJson(call.facts, `The facts of ${call.name}`);
    try {
      return await this.#journal.call(call);
    } catch (error) {
      if (error instanceof NeedsAttentionError) {
        this.#departure ??= {
          because: 'needs-attention',
          problem: error.problem,
        };
      }
      throw error;
    }
  }

  async emit(event: StepEvent): Promise<void> {
    await this.#write({ events: [this.#draft(event)] });
  }

  async progress(progress: StepProgress): Promise<void> {
    const { done, total, unit } = progress;
    await this.#write({
      patch: { progress: { done, total, unit } },
      events: [
        {
          code: RUN_EVENT_CODES.progress,
          level: 'info',
          stepId: this.step.id,
          message: `${done} of ${total} ${unit}`,
          data: { done, total, unit },
        },
      ],
    });
  }

  async saveCheckpoint(
    value: JsonObject,
    events: StepEvent[] = [],
  ): Promise<void> {
    await this.#write({
      patch: { checkpoint: value },
      events: events.map(event => this.#draft(event)),
    });
    this.#checkpoint = value;
  }

  async sleep(milliseconds: number): Promise<void> {
    const { clock, signal } = this.#options;
    await pause(clock, milliseconds, { signal });
  }

  async uncounted<T>(wait: () => Promise<T>): Promise<T> {
    this.#assertOpen();
    return this.#options.uncounted(wait);
  }

  async waitForSignal(
    name: string,
    options: { title: string; until?: Date },
  ): Promise<{ payload: JsonValue; actor: string; at: Date }> {
    this.#assertOpen();
    const { writes, database, scope, store, snapshot } = this.#options;
    let signal: Awaited<ReturnType<typeof takeSignal>>;
    await writes.once(() =>
      store.change(
        scope.fence,
        { run: snapshot.run, steps: [], change: {} },
        async tx => {
          signal = await takeSignal(tx, {
            runId: snapshot.run.id,
            name,
            usedBy: `${scope.stepId}/${scope.work}/${scope.attempt}`,
          });
          return { run: snapshot.run, steps: [], change: {} };
        },
      ),
    );
    if (signal) {
      await database.reached(`signal.taken ${scope.stepId}/${name}`);
      return signal;
    }
    if (options.until && options.until <= this.now()) {
      throw new StepFailedError({
        code: 'step.wait-expired',
        message: `${
          options.title
        }: nobody answered until ${options.until.toISOString()}`,
        mend: 'Retry the step to wait again.',
      });
    }
    return this.#leave({
      title: options.title,
      signal: name,
      until: options.until?.toISOString(),
    });
  }

  async waitUntil(time: Date, title: string): Promise<never> {
    this.#assertOpen();
    return this.#leave({ title, until: time.toISOString() });
  }

  now(): Date {
    return this.#options.lease.now();
  }

  #leave(waitingFor: StepWait): never {
    this.#departure = { because: 'waits', waitingFor };
    throw new StepWaits(waitingFor.title);
  }

  #draft(event: StepEvent): EventDraft {
    const isEngines = Object.values<string>(RUN_EVENT_CODES).includes(
      event.code,
    );
    if (isEngines && event.code !== RUN_EVENT_CODES.log) {
      throw new InputError(
        `Event code '${event.code}' belongs to the engine; a step uses '${RUN_EVENT_CODES.log}' or a code of its kind`,
      );
    }
    return {
      code: event.code,
      level: event.level ?? 'info',
      stepId: this.step.id,
      message: event.message,
      data: event.data ?? {},
    };
  }

  async #write(write: {
    patch?: { checkpoint?: JsonObject; progress?: StepProgress };
    events: EventDraft[];
  }) {
    this.#assertOpen();
    assertJson(write, `What step '${this.step.id}' tells`);
    const { writes, store, database, scope, snapshot, step } = this.#options;
    await writes.once(() =>
      store.change(scope.fence, {
        run: snapshot.run,
        steps: [step],
        change: write.patch ? { steps: { [step.id]: write.patch } } : {},
        events: write.events,
      }),
    );
    await database.reached(
      `step.wrote ${scope.stepId}/${write.events[0]?.code ?? 'checkpoint'}`,
    );
  }

  #assertOpen() {
    if (this.#closed) {
      throw new Error(
        `Step '${this.step.id}' is over; what its handler still does is refused`,
      );
    }
  }
}

interface StepContextOptions
  extends Omit<CallJournalOptions, 'sleep' | 'tell'> {
  database: RunDatabase;
  store: DatabaseRunStore;
  snapshot: RunSnapshot;
  step: StepRecord;
  scope: CallScope;
  lease: LeaseKeeper;
  writes: DriverWrites;
  uncounted: StepContext['uncounted'];
}
