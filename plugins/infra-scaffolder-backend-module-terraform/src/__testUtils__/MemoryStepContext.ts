import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { StepProgress } from '@slipway/plugin-runs-common';
import type {
  MutatingCall,
  StepContext,
  StepEvent,
} from '@slipway/plugin-runs-node';

/** A step of a run in memory: journals calls, keeps events and the checkpoint, and can be taken up again. */
export class MemoryStepContext implements StepContext {
  readonly run: StepContext['run'];
  readonly step = { id: 'apply', attempt: 1, input: {} };
  readonly signal: AbortSignal;
  readonly events: StepEvent[] = [];
  readonly progresses: StepProgress[] = [];
  readonly journal: Map<string, JsonValue>;
  /** Calls that were begun; those that are not in the journal have no known outcome. */
  readonly begun: Set<string>;
  readonly facts: JsonObject[] = [];
  checkpoint: JsonObject | undefined;

  constructor(
    runId: string,
    options: { signal?: AbortSignal; before?: MemoryStepContext } = {},
  ) {
    this.run = {
      id: runId,
      kind: 'infra.create',
      subject: 'environment:test',
      createdBy: 'user:default/maya',
      inputs: {},
      title: 'Test',
    };
    this.signal = options.signal ?? new AbortController().signal;
    this.journal = options.before?.journal ?? new Map();
    this.begun = options.before?.begun ?? new Set();
    this.checkpoint = options.before?.checkpoint;
  }

  output() {
    return undefined;
  }

  async call<T extends JsonValue>(call: MutatingCall<T>): Promise<T> {
    if (this.journal.has(call.name)) {
      return this.journal.get(call.name) as T;
    }
    this.facts.push(call.facts);
    const { guard } = call;
    if (this.begun.has(call.name) && 'observe' in guard) {
      const seen = await guard.observe();
      if (seen.done) {
        this.journal.set(call.name, seen.result);
        return seen.result;
      }
    }
    this.begun.add(call.name);
    const token = createHash('sha256')
      .update(`${this.run.id}/${call.name}`)
      .digest('hex');
    const result = await call.execute(token);
    this.journal.set(call.name, result);
    return result;
  }

  async emit(event: StepEvent): Promise<void> {
    this.events.push(event);
  }

  async progress(progress: StepProgress): Promise<void> {
    this.progresses.push(progress);
  }

  async saveCheckpoint(
    value: JsonObject,
    events: StepEvent[] = [],
  ): Promise<void> {
    this.checkpoint = structuredClone(value);
    this.events.push(...events);
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds);
      this.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(this.signal.reason);
      });
    });
  }

  uncounted<T>(wait: () => Promise<T>): Promise<T> {
    return wait();
  }

  waitForSignal(): Promise<never> {
    throw new Error('Not within these tests');
  }

  waitUntil(): Promise<never> {
    throw new Error('Not within these tests');
  }

  now(): Date {
    return new Date();
  }
}
