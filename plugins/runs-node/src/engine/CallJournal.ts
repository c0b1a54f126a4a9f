import type { JsonValue } from '@backstage/types';
import { RUN_EVENT_CODES } from '@slipway/plugin-runs-common';
import type { RunProblem } from '@slipway/plugin-runs-common';
import { createHash } from 'node:crypto';
import { NeedsAttentionError } from '../errors';
import type { EventDraft } from '../state/words';
import type { CallScope, CallStore } from '../store/CallStore';
import type { RunDatabase } from '../store/RunDatabase';
import type { MutatingCall, Observation } from '../types';
import { assertJson } from './assertJson';
import type { DriverWrites } from './DriverWrites';
import type { LeaseKeeper } from './LeaseKeeper';
import { isLostAnswer, problemOf } from './lostAnswers';
import type { RunClock } from './RunClock';

class LostAnswer extends Error {}

/**
 * The calls of one attempt of a step.
 *
 * The intent is written before a call and the result after it. An intent without a result means that the effect may or
 * may not be there, whether a process died or an answer was lost on the way; the guard then decides what is safe.
 */
export class CallJournal {
  readonly #options: CallJournalOptions;
  readonly #known = new Set<string>();
  readonly #underWay = new Map<string, Promise<JsonValue>>();

  private constructor(options: CallJournalOptions) {
    this.#options = options;
  }

  static create(options: CallJournalOptions): CallJournal {
    return new CallJournal(options);
  }

  /** @throws NeedsAttentionError where the outcome is unknown; StepAbortedError; what `execute` threw as an answer. */
  async call<T extends JsonValue>(call: MutatingCall<T>): Promise<T> {
    const same = this.#underWay.get(call.name);
    if (same) {
      return (await same) as T;
    }
    const work = this.#perform(call);
    this.#underWay.set(call.name, work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(call.name);
    }
  }

  async #perform<T extends JsonValue>(call: MutatingCall<T>): Promise<T> {
    const { calls, scope, writes, signal } = this.#options;
    signal.throwIfAborted();
    const { current, earlier } =
      this.#options.isFirstTry && !this.#known.has(call.name)
        ? { current: undefined, earlier: undefined }
        : await writes.once(() => calls.find(scope, call.name));
    this.#known.add(call.name);
    if (current?.state === 'succeeded') {
      return current.result as T;
    }
    const isOpen = current?.state === 'intended';
    const token =
      current?.token ??
      (earlier?.state === 'intended' ? earlier.token : tokenOf(scope, call));
    if (!isOpen) {
      await this.#reached('call.intending', call);
      await writes.once(() =>
        calls.intend(
          scope,
          {
            name: call.name,
            guard: call.guard.type,
            token,
            facts: call.facts,
          },
          this.#event(RUN_EVENT_CODES.callIntended, `${call.name} is sent`, {
            call: call.name,
            guard: call.guard.type,
            facts: call.facts,
          }),
        ),
      );
      await this.#reached('call.intended', call);
    }
    return this.#resolve(call, token, {
      wasTried: isOpen,
      mayExist: isOpen || earlier !== undefined,
    });
  }

  /** Tries until there is an answer, as far as the guard allows. */
  async #resolve<T extends JsonValue>(
    call: MutatingCall<T>,
    token: string,
    history: { wasTried: boolean; mayExist: boolean },
  ): Promise<T> {
    const { lostCallDelaysMs, sleep, signal, lease } = this.#options;
    let { wasTried, mayExist } = history;
    let reason = 'the back end stopped before the answer was recorded';
    for (let losses = 0; ; losses += 1) {
      signal.throwIfAborted();
      try {
        if (wasTried && call.guard.type === 'none') {
          await this.#stop(call, reason);
        }
        const found = await this.#observe(call, mayExist);
        if (found.done) {
          if (wasTried) {
            await this.#resumed(call, 'adopt');
          }
          return await this.#succeed(call, found.result, { adopted: true });
        }
        if (wasTried) {
          await this.#resumed(call, 'repeat');
        }
        await this.#reached('call.executing', call);
        await lease.assureFresh();
        const before = { wasTried, mayExist };
        wasTried = true;
        mayExist = true;
        return await this.#execute(call, token, before);
      } catch (error) {
        if (!(error instanceof LostAnswer)) {
          throw error;
        }
        reason = error.message;
        if (losses >= lostCallDelaysMs.length) {
          throw unanswered(call, reason);
        }
        if (call.guard.type !== 'none') {
          await sleep(lostCallDelaysMs[losses]);
        }
      }
    }
  }

  async #execute<T extends JsonValue>(
    call: MutatingCall<T>,
    token: string,
    before: { wasTried: boolean; mayExist: boolean },
  ): Promise<T> {
    const { clock, writes } = this.#options;
    const began = clock.monotonicMs();
    let result: T;
    try {
      result = await call.execute(token);
    } catch (error) {
      await this.#reached('call.executed', call);
      const isAnswer = call.isAnswer?.(error) ?? !isLostAnswer(error);
      const problem = problemOf(error, 'call.failed');
      if (!isAnswer) {
        await writes.once(() =>
          this.#tell(
            this.#event(
              RUN_EVENT_CODES.callLost,
              `The answer to ${call.name} was lost: ${problem.message}`,
              { call: call.name, reason: problem.message },
              'warning',
            ),
          ),
        );
        throw new LostAnswer(problem.message);
      }
      if (before.mayExist) {
        const found = await this.#observe(call, true);
        if (found.done) {
          return await this.#succeed(call, found.result, { adopted: true });
        }
      }
      await this.#refused(call, problem, before.wasTried);
      throw error;
    }
    await this.#reached('call.executed', call);
    return this.#succeed(call, result, {
      adopted: false,
      durationMs: clock.monotonicMs() - began,
    });
  }

  /**
   * A refused repeat says nothing of the try before it, whose answer was lost: the intent stays open, so that the next
   * attempt goes on with it.
   */
  async #refused(
    call: MutatingCall<JsonValue>,
    problem: RunProblem,
    isRepeat: boolean,
  ): Promise<void> {
    const { calls, scope, writes } = this.#options;
    const event = this.#event(
      RUN_EVENT_CODES.callFailed,
      `${call.name} was refused: ${problem.message}`,
      { call: call.name, problem: { ...problem } },
      'warning',
    );
    if (isRepeat) {
      await writes.once(() => this.#tell(event));
    } else {
      await writes.persistently(() =>
        calls.finish(scope, call.name, { state: 'failed', problem }, event),
      );
    }
    await this.#reached('call.recorded', call);
  }

  async #succeed<T extends JsonValue>(
    call: MutatingCall<T>,
    result: T,
    how: { adopted: boolean; durationMs?: number },
  ): Promise<T> {
    const { calls, scope, writes } = this.#options;
    const recorded = (result ?? null) as T;
    assertJson(recorded, `The result of ${call.name}`);
    await writes.persistently(() =>
      calls.finish(
        scope,
        call.name,
        { state: 'succeeded', result: recorded },
        this.#event(
          RUN_EVENT_CODES.callSucceeded,
          how.adopted
            ? `${call.name} had taken effect already`
            : `${call.name} succeeded`,
          {
            call: call.name,
            durationMs: Math.round(how.durationMs ?? 0),
            adopted: how.adopted,
          },
        ),
      ),
    );
    await this.#reached('call.recorded', call);
    return recorded;
  }

  async #observe<T extends JsonValue>(
    call: MutatingCall<T>,
    mayExist: boolean,
  ): Promise<Observation<T>> {
    const { guard } = call;
    if (!('observe' in guard) || (guard.type === 'name' && !mayExist)) {
      return { done: false };
    }
    await this.#reached('call.observing', call);
    let seen: Observation<T>;
    try {
      seen = await guard.observe();
    } catch (error) {
      if (isLostAnswer(error)) {
        throw new LostAnswer(problemOf(error, 'call.failed').message);
      }
      throw error;
    }
    await this.#reached('call.observed', call);
    return seen;
  }

  async #stop(call: MutatingCall<JsonValue>, reason: string): Promise<never> {
    await this.#resumed(call, 'stop');
    throw new NeedsAttentionError({
      code: 'call.outcome-unknown',
      message: `${call.name} was sent, and whether it took effect is not known: ${reason}`,
      mend: 'Look at the facts. If it took effect, skip the step; if it did not, retry the step.',
      facts: { ...call.facts, call: call.name },
    });
  }

  async #resumed(
    call: MutatingCall<JsonValue>,
    decision: 'repeat' | 'adopt' | 'stop',
  ) {
    const words = {
      repeat: `${call.name} is sent again; its guard (${call.guard.type}) keeps it from happening twice`,
      adopt: `${call.name} had taken effect although its answer was lost`,
      stop: `${call.name} stops for a person: its answer was lost and nothing protects a repeat`,
    };
    await this.#options.writes.once(() =>
      this.#tell(
        this.#event(
          RUN_EVENT_CODES.callResumed,
          words[decision],
          { call: call.name, guard: call.guard.type, decision },
          'warning',
        ),
      ),
    );
  }

  async #tell(event: EventDraft) {
    await this.#options.tell(event);
  }

  #event(
    code: string,
    message: string,
    data: EventDraft['data'],
    level: EventDraft['level'] = 'info',
  ): EventDraft {
    return { code, level, stepId: this.#options.scope.stepId, message, data };
  }

  async #reached(boundary: string, call: MutatingCall<JsonValue>) {
    await this.#options.database.reached(
      `${boundary} ${this.#options.scope.stepId}/${call.name}`,
    );
  }
}

export interface CallJournalOptions {
  clock: RunClock;
  database: RunDatabase;
  calls: CallStore;
  scope: CallScope;
  lease: LeaseKeeper;
  writes: DriverWrites;
  signal: AbortSignal;
  /** Nothing was done on this step before, so the journal has no calls that this process does not know of. */
  isFirstTry: boolean;
  /** Rejects when `signal` aborts. */
  sleep: (milliseconds: number) => Promise<void>;
  tell: (event: EventDraft) => Promise<void>;
  /** Pauses before each further try of a call whose answer was lost; their number bounds the tries. */
  lostCallDelaysMs: number[];
}

function tokenOf(scope: CallScope, call: MutatingCall<JsonValue>): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        scope.run.id,
        scope.stepId,
        scope.work,
        scope.attempt,
        call.name,
      ]),
    )
    .digest('hex');
}

function unanswered(call: MutatingCall<JsonValue>, reason: string) {
  return new NeedsAttentionError({
    code: 'call.unanswered',
    message: `${call.name} was tried again and again and never answered: ${reason}`,
    mend: 'Retry the step when the service answers again; what it may have done is found or repeated safely.',
    facts: { ...call.facts, call: call.name },
  });
}
