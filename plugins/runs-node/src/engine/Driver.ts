import type { LoggerService } from '@backstage/backend-plugin-api';
import { StepAbortedError, type StepAbortCause } from '../errors';
import { leaveInterrupted } from '../state/command';
import { decide, type Decision, type StepStart } from '../state/decide';
import { beginWork } from '../state/outcome';
import type { RunSnapshot, StepWork } from '../state/types';
import { planUndo } from '../state/undo';
import type { CallStore } from '../store/CallStore';
import type { DatabaseRunStore } from '../store/DatabaseRunStore';
import type { LeaseStore } from '../store/LeaseStore';
import { toRun } from '../store/rows';
import type { RunDatabase } from '../store/RunDatabase';
import type { RunWrite } from '../store/writeRun';
import type { RunKind, StepHandler } from '../types';
import { Bell } from './Bell';
import { DriverWrites } from './DriverWrites';
import type { LeaseKeeper } from './LeaseKeeper';
import { pause, type RunClock } from './RunClock';
import { StepRunner } from './StepRunner';

const MAX_PARALLEL_STEPS = 16;
const PAUSE_AFTER_BREAK_SECONDS = 1;
const FIRST_SETTLE_PAUSE_MS = 500;
const LONGEST_SETTLE_PAUSE_MS = 30_000;

/**
 * Drives one run for as long as this back end holds its lease: looks at the run, does what {@link decide} says, and
 * looks again when a step ended or somebody acted.
 */
export class Driver {
  readonly #options: DriverOptions;
  readonly #writes: DriverWrites;
  readonly #bell: Bell;
  readonly #inFlight = new Map<string, StepRunner>();
  #stopping = false;
  #settlePauseMs = FIRST_SETTLE_PAUSE_MS;

  private constructor(options: DriverOptions) {
    this.#options = options;
    this.#bell = new Bell(options.clock);
    this.#writes = DriverWrites.create(options);
  }

  static create(options: DriverOptions): Driver {
    return new Driver(options);
  }

  /** Makes it look at the run again. */
  ring(): void {
    this.#bell.ring();
  }

  /** Leaves the run at the next safe point, to be gone on with by another back end. */
  stop(): void {
    this.#stopping = true;
    this.#bell.ring();
  }

  /** Until the run rests, is settled, or is another's. */
  async drive(): Promise<void> {
    const { lease, logger, pollSeconds } = this.#options;
    const wake = () => this.#bell.ring();
    lease.lost.addEventListener('abort', wake);
    try {
      let goesOn = true;
      while (goesOn && !this.#stopping) {
        lease.assertHeld();
        const waitMs = await this.#turn();
        goesOn = waitMs !== undefined;
        if (waitMs) {
          await this.#bell.wait(Math.min(waitMs, pollSeconds * 1000));
        }
      }
    } catch (error) {
      if (!(error instanceof StepAbortedError)) {
        logger.warn(
          `Run ${lease.runId}: the drive ended and the run is taken up anew: ${error}`,
        );
        lease.giveUp();
      }
    } finally {
      lease.lost.removeEventListener('abort', wake);
      await this.#leave();
    }
  }

  /** @returns how long to wait before the next look; undefined when the run needs no driver any more. */
  async #turn(): Promise<number | undefined> {
    const { store, lease } = this.#options;
    // Before the look: a step that ends during it may still look as if it ran, and must not be begun again.
    const inFlight = new Map(
      [...this.#inFlight].map(([id, { work }]) => [id, work]),
    );
    const snapshot = await store.load(lease.runId);
    if (snapshot.run.fence !== lease.fence) {
      lease.giveUp({ definitely: true });
      return undefined;
    }
    lease.learn(snapshot.now);
    const decision = decide(snapshot, inFlight, MAX_PARALLEL_STEPS);
    switch (decision.do) {
      case 'start':
        // Once everything that could be started is, the next thing to happen rings.
        return (await this.#start(snapshot, decision.starts)) ? Infinity : 0;
      case 'attend':
        return decision.wakeAt
          ? Math.max(1, decision.wakeAt.getTime() - snapshot.now.getTime())
          : Infinity;
      case 'drain':
        await this.#drain(decision.because);
        return 0;
      case 'prepare-undo':
        await this.#write({
          ...snapshot,
          change: planUndo(
            snapshot.steps,
            (type, work) => this.#can(type, work),
            snapshot.now,
          ),
          ifSequenceIs: snapshot.run.lastSequence,
        });
        return 0;
      case 'rest':
        return (await this.#rest(snapshot, decision)) ? undefined : 0;
      default:
        return (await this.#settle(snapshot, decision)) ? undefined : 0;
    }
  }

  async #start(snapshot: RunSnapshot, starts: StepStart[]): Promise<boolean> {
    const { database, handlers } = this.#options;
    const patches = Object.fromEntries(
      starts.map(({ stepId }) => {
        const step = snapshot.steps.find(({ id }) => id === stepId)!;
        return [stepId, beginWork(step, snapshot.now)] as const;
      }),
    );
    const names = starts.map(({ stepId }) => stepId).join(',');
    await database.reached(`step.starting ${names}`);
    // A signal may have come for a step whose time is up.
    const mayBeTold = starts.some(({ stepId }) =>
      snapshot.steps.some(
        ({ id, state }) => id === stepId && state === 'waiting',
      ),
    );
    const written = await this.#write({
      ...snapshot,
      change: { steps: patches },
      ...(mayBeTold && { ifSequenceIs: snapshot.run.lastSequence }),
    });
    if (!written) {
      return false;
    }
    await database.reached(`step.started ${names}`);
    for (const { stepId, work } of starts) {
      const step = snapshot.steps.find(({ id }) => id === stepId)!;
      const runner = StepRunner.start({
        ...this.#options,
        writes: this.#writes,
        handler: handlers.get(step.type),
        snapshot,
        step: { ...step, ...patches[stepId] },
        work,
        isFirstTry: work === 'execute' && step.startedAt === undefined,
      });
      this.#inFlight.set(stepId, runner);
      runner.done.then(() => {
        this.#inFlight.delete(stepId);
        this.#bell.ring();
      });
    }
    return true;
  }

  async #rest(
    snapshot: RunSnapshot,
    decision: Extract<Decision, { do: 'rest' }>,
  ): Promise<boolean> {
    const { database } = this.#options;
    await database.reached(`run.resting ${decision.state}`);
    const rested = await this.#write({
      ...snapshot,
      change: {
        run: {
          state: decision.state,
          problem: decision.problem,
          ...(decision.state === 'paused' && { phase: 'forward' as const }),
        },
        steps:
          decision.state === 'paused' ? leaveInterrupted(snapshot.steps) : {},
      },
      release: { claimableAt: decision.wakeAt ?? 'never' },
      ifSequenceIs: snapshot.run.lastSequence,
    });
    await database.reached(`run.rested ${decision.state}`);
    return rested;
  }

  async #settle(
    snapshot: RunSnapshot,
    decision: Extract<Decision, { do: 'settle' }>,
  ): Promise<boolean> {
    const { database, store, lease, kind, logger } = this.#options;
    const { state, problem } = decision;
    const write: RunWrite = {
      ...snapshot,
      change: {
        run: { state, problem, settledAt: snapshot.now, phase: 'forward' },
      },
      release: { claimableAt: 'never' },
      ifSequenceIs: snapshot.run.lastSequence,
    };
    await database.reached(`run.settling ${state}`);
    let settledByKind = false;
    try {
      const settled = await store.change(lease.fence, write, async tx => {
        await kind.onSettled?.(toRun(snapshot.run, snapshot.steps), state, tx);
        settledByKind = true;
        await database.reached(`run.settling-written ${state}`);
        return write;
      });
      if (settled) {
        await database.reached(`run.settled ${state}`);
      }
      return settled;
    } catch (error) {
      if (settledByKind || !kind.onSettled || database.isDead) {
        throw error;
      }
      logger.error(
        `Run ${lease.runId}: what follows its end failed and is tried again: ${error}`,
      );
      await this.#bell.wait(this.#settlePauseMs);
      this.#settlePauseMs = Math.min(
        this.#settlePauseMs * 2,
        LONGEST_SETTLE_PAUSE_MS,
      );
      return false;
    }
  }

  async #drain(cause: StepAbortCause): Promise<void> {
    const running = [...this.#inFlight.values()];
    running.forEach(runner => runner.abort(cause));
    if (running.length > 0) {
      await this.#bell.wait(this.#options.pollSeconds * 1000);
    }
  }

  /** What is in flight comes to an end, or its lease is left to run out. */
  async #leave(): Promise<void> {
    const { clock, lease, leases, database, graceSeconds } = this.#options;
    await this.#drain(lease.lost.aborted ? 'lease-lost' : 'stopping');
    const running = [...this.#inFlight.values()].map(runner => runner.done);
    await Promise.race([
      Promise.all(running),
      pause(clock, (graceSeconds + 1) * 1000, { keepsProcess: false }),
    ]);
    lease.stop();
    if (this.#inFlight.size > 0 || lease.isDefinitelyLost || database.isDead) {
      return;
    }
    try {
      // Where the drive broke off, whatever broke it gets a moment to pass.
      await leases.release(
        lease.runId,
        lease.fence,
        lease.lost.aborted ? PAUSE_AFTER_BREAK_SECONDS : 0,
      );
    } catch {
      // The lease runs out by itself.
    }
  }

  async #write(write: RunWrite): Promise<boolean> {
    return this.#writes.once(() =>
      this.#options.store.change(this.#options.lease.fence, write),
    );
  }

  #can(type: string, work: StepWork): boolean {
    const handler = this.#options.handlers.get(type);
    return handler ? handler[work] !== undefined : true;
  }
}

export interface DriverOptions {
  clock: RunClock;
  database: RunDatabase;
  store: DatabaseRunStore;
  calls: CallStore;
  leases: LeaseStore;
  lease: LeaseKeeper;
  logger: LoggerService;
  handlers: ReadonlyMap<string, StepHandler>;
  kind: RunKind;
  pollSeconds: number;
  graceSeconds: number;
  lostCallDelaysMs: number[];
}
