import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import {
  NeedsAttentionError,
  StepAbortedError,
  StepFailedError,
  type StepAbortCause,
} from '../errors';
import { afterWork, type StepOutcome } from '../state/outcome';
import type { RunSnapshot, StepRecord, StepWork } from '../state/types';
import type { CallScope, CallStore } from '../store/CallStore';
import type { DatabaseRunStore } from '../store/DatabaseRunStore';
import type { RunDatabase } from '../store/RunDatabase';
import { hasUnusedSignal } from '../store/SignalStore';
import type { StepHandler } from '../types';
import { assertJson } from './assertJson';
import type { DriverWrites } from './DriverWrites';
import { JournalledStepContext } from './JournalledStepContext';
import type { LeaseKeeper } from './LeaseKeeper';
import { problemOf } from './lostAnswers';
import { pause, type RunClock } from './RunClock';
import { WorkTime } from './WorkTime';

/** One stretch of work on one step: from the call of its handler until what came of it is written. */
export class StepRunner {
  readonly work: StepWork;
  /** Resolves when the stretch is over, whatever came of it. */
  readonly done: Promise<void>;
  readonly #options: StepRunnerOptions;
  readonly #abort = new AbortController();
  readonly #scope: CallScope;

  private constructor(options: StepRunnerOptions) {
    const { step, work, snapshot, lease } = options;
    this.#options = options;
    this.work = work;
    this.#scope = {
      run: snapshot.run,
      fence: lease.fence,
      stepId: step.id,
      work,
      attempt: work === 'execute' ? step.attempt : step.undoAttempt,
    };
    this.done = this.#run().catch(error => {
      options.logger.debug(
        `Run ${snapshot.run.id}: step ${step.id} was left: ${error}`,
      );
    });
  }

  static start(options: StepRunnerOptions): StepRunner {
    return new StepRunner(options);
  }

  abort(cause: StepAbortCause): void {
    this.#abort.abort(new StepAbortedError(cause));
  }

  async #run(): Promise<void> {
    const { clock, lease, step, snapshot, store, writes } = this.#options;
    const leaseLost = () => this.abort('lease-lost');
    lease.lost.addEventListener('abort', leaseLost);
    const time = WorkTime.start(step, {
      clock,
      now: () => lease.now(),
      write: async patch => {
        await writes.once(() =>
          store.change(this.#scope.fence, {
            run: snapshot.run,
            steps: [step],
            change: { steps: { [step.id]: patch } },
          }),
        );
      },
      onLimit: () => this.abort('timed-out'),
    });
    try {
      const outcome = await this.#perform(time);
      if (outcome) {
        await this.#write(outcome, time.step);
      }
    } finally {
      time.stop();
      lease.lost.removeEventListener('abort', leaseLost);
    }
  }

  async #perform(time: WorkTime): Promise<StepOutcome | undefined> {
    const { handler, step, work } = this.#options;
    if (!handler) {
      return {
        type: 'needs-attention',
        problem: {
          code: 'step.type-unknown',
          message: `No back end here knows steps of type '${step.type}'`,
          mend: 'Install the module that brings it, or the version that knows it, and retry the step.',
        },
      };
    }
    const context = JournalledStepContext.create({
      ...this.#options,
      scope: this.#scope,
      signal: this.#abort.signal,
      uncounted: wait => time.uncounted(wait),
    });
    const perform = async () => {
      await this.#options.database.reached(`step.begun ${step.id}`);
      const output =
        work === 'execute'
          ? await handler.execute(context)
          : await handler[work]?.(context);
      assertJson(output, `The output of step '${step.id}'`);
      return output ?? undefined;
    };
    try {
      const output = await this.#withinGrace(perform());
      return this.#isCutOff()
        ? undefined
        : departureOf(context) ?? { type: 'done', output };
    } catch (error) {
      return await this.#outcomeOfError(error, context);
    } finally {
      context.close();
    }
  }

  /** A handler that does not heed its signal is left alone after a while, where nobody waits for its safe point. */
  async #withinGrace(
    work: Promise<JsonObject | undefined>,
  ): Promise<JsonObject | undefined> {
    const { signal } = this.#abort;
    const over = new AbortController();
    const grace = async () => {
      if (!signal.aborted) {
        await new Promise<void>(resolve => {
          signal.addEventListener('abort', () => resolve(), { once: true });
          over.signal.addEventListener('abort', () => resolve(), {
            once: true,
          });
        });
      }
      if (['paused', 'cancelled'].includes(this.#cause() ?? '')) {
        await work;
      }
      await pause(this.#options.clock, this.#options.graceSeconds * 1000, {
        signal: over.signal,
      });
      throw signal.reason;
    };
    const cut = grace();
    cut.catch(() => {});
    try {
      return (await Promise.race([work, cut])) as JsonObject | undefined;
    } finally {
      work.catch(() => {});
      over.abort();
    }
  }

  async #outcomeOfError(
    error: unknown,
    context: JournalledStepContext,
  ): Promise<StepOutcome | undefined> {
    if (this.#isCutOff()) {
      return undefined;
    }
    const departure = departureOf(context);
    if (departure) {
      return departure;
    }
    if (error instanceof NeedsAttentionError) {
      return { type: 'needs-attention', problem: error.problem };
    }
    switch (this.#cause()) {
      case 'paused':
        return { type: 'interrupted' };
      case 'cancelled':
      case 'stopping':
        // Whoever goes on finds the step as it is.
        return undefined;
      case 'timed-out':
        return await this.#timedOut();
      default:
        return {
          type: 'failed',
          problem: problemOf(error, 'step.failed'),
          retryable: error instanceof StepFailedError && error.retryable,
        };
    }
  }

  async #timedOut(): Promise<StepOutcome> {
    const { step, calls } = this.#options;
    const unclear = await calls.findUnprotected(this.#scope);
    const message = `${step.title} took longer than ${step.timeoutSeconds} s`;
    return unclear
      ? {
          type: 'needs-attention',
          problem: {
            code: 'call.outcome-unknown',
            message: `${message}, and whether ${unclear.name} took effect is not known`,
            mend: 'Look at the facts. If it took effect, skip the step; if it did not, retry the step.',
            facts: { ...unclear.facts, call: unclear.name },
          },
        }
      : {
          type: 'failed',
          retryable: true,
          problem: {
            code: 'step.timed-out',
            message,
            mend: 'See what it waited for, then retry the step.',
          },
        };
  }

  async #write(outcome: StepOutcome, step: StepRecord): Promise<void> {
    const { database, store, writes, lease, snapshot, work } = this.#options;
    await database.reached(`step.ending ${step.id}`);
    const write = (effective: StepOutcome) => ({
      run: snapshot.run,
      steps: [{ ...step, state: 'running' as const }],
      change: {
        steps: {
          [step.id]: afterWork(step, work, effective, lease.now()),
        },
      },
    });
    const signal =
      outcome.type === 'waits' ? outcome.waitingFor.signal : undefined;
    await writes.once(() =>
      store.change(
        this.#scope.fence,
        write(outcome),
        signal === undefined
          ? undefined
          : async tx =>
              // One that came since the handler looked: the row's lock keeps another from slipping in now.
              write(
                (await hasUnusedSignal(tx, snapshot.run.id, signal))
                  ? { type: 'interrupted' }
                  : outcome,
              ),
      ),
    );
    await database.reached(`step.ended ${step.id}`);
  }

  #cause(): StepAbortCause | undefined {
    const { reason } = this.#abort.signal;
    return reason instanceof StepAbortedError ? reason.abortCause : undefined;
  }

  /** Nothing may be written any more. */
  #isCutOff(): boolean {
    return (
      this.#options.lease.lost.aborted ||
      this.#options.database.isDead ||
      this.#cause() === 'lease-lost'
    );
  }
}

interface StepRunnerOptions {
  clock: RunClock;
  database: RunDatabase;
  store: DatabaseRunStore;
  calls: CallStore;
  lease: LeaseKeeper;
  writes: DriverWrites;
  logger: LoggerService;
  handler: StepHandler | undefined;
  snapshot: RunSnapshot;
  /** As it is now that work on it has begun. */
  step: StepRecord;
  work: StepWork;
  isFirstTry: boolean;
  graceSeconds: number;
  lostCallDelaysMs: number[];
}

function departureOf(context: JournalledStepContext): StepOutcome | undefined {
  const { departure } = context;
  if (!departure) {
    return undefined;
  }
  return departure.because === 'waits'
    ? { type: 'waits', waitingFor: departure.waitingFor }
    : { type: 'needs-attention', problem: departure.problem };
}
