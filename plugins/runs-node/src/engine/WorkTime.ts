import { workedMs } from '../state/outcome';
import type { StepPatch, StepRecord } from '../state/types';
import type { RunClock } from './RunClock';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * How long a step has worked in this attempt, held against its limit. What it is kept by (`workedMs`, `workingSince`)
 * stands in the database, so that whoever takes the step up counts on.
 */
export class WorkTime {
  readonly #options: {
    clock: RunClock;
    now: () => Date;
    write: (patch: StepPatch) => Promise<void>;
    onLimit: () => void;
  };
  #step: StepRecord;
  #callOff: (() => void) | undefined;
  #waits = 0;

  static start(
    step: StepRecord,
    options: {
      clock: RunClock;
      /** The database's time. */
      now: () => Date;
      write: (patch: StepPatch) => Promise<void>;
      onLimit: () => void;
    },
  ): WorkTime {
    return new WorkTime(step, options);
  }

  private constructor(
    step: StepRecord,
    options: Parameters<typeof WorkTime.start>[1],
  ) {
    this.#step = step;
    this.#options = options;
    this.#run();
  }

  /** The step with the time it has worked. */
  get step(): StepRecord {
    return this.#step;
  }

  /** The time in `wait` does not count. */
  async uncounted<T>(wait: () => Promise<T>): Promise<T> {
    this.#waits += 1;
    if (this.#waits === 1) {
      this.stop();
      await this.#keep({
        workedMs: workedMs(this.#step, this.#options.now()),
        workingSince: undefined,
      });
    }
    try {
      return await wait();
    } finally {
      this.#waits -= 1;
      if (this.#waits === 0) {
        await this.#keep({ workingSince: this.#options.now() });
        this.#run();
      }
    }
  }

  /** No limit is looked for any more. */
  stop(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }

  #run(): void {
    const { timeoutSeconds } = this.#step;
    const { clock, now, onLimit } = this.#options;
    if (timeoutSeconds === undefined) {
      return;
    }
    const leftMs = timeoutSeconds * 1000 - workedMs(this.#step, now());
    if (leftMs <= LONGEST_TIMER_MS) {
      this.#callOff = clock.after(Math.max(0, leftMs), onLimit);
    }
  }

  async #keep(patch: StepPatch): Promise<void> {
    this.#step = { ...this.#step, ...patch };
    await this.#options.write(patch);
  }
}
