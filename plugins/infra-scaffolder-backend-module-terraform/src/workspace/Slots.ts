import type { StepContext } from '@slipway/plugin-runs-node';

interface Turn {
  come(): void;
}

/** Who waits: a step, whose time does not count meanwhile, or anybody. */
export type Waiter = Pick<StepContext, 'signal'> &
  Partial<Pick<StepContext, 'uncounted'>>;

/** Lets so many work at once; the others wait in line. */
export class Slots {
  #free: number;
  readonly #waiting: Turn[] = [];

  static create(count: number): Slots {
    return new Slots(count);
  }

  private constructor(count: number) {
    this.#free = count;
  }

  async with<T>(waiter: Waiter, work: () => Promise<T>): Promise<T> {
    await this.#take(waiter);
    try {
      return await work();
    } finally {
      this.#giveBack();
    }
  }

  async #take(waiter: Waiter): Promise<void> {
    const { signal } = waiter;
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const turn = this.#turn(signal);
    try {
      await (waiter.uncounted ? waiter.uncounted(() => turn) : turn);
    } catch (error) {
      // It may have come all the same, with nobody left to take it.
      turn.then(
        () => this.#giveBack(),
        () => {},
      );
      throw error;
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    const turn: Turn = { come: () => {} };
    const leave = (reject: (reason: unknown) => void) => {
      this.#waiting.splice(this.#waiting.indexOf(turn), 1);
      reject(signal.reason);
    };
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => leave(reject);
      turn.come = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      this.#waiting.push(turn);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  #giveBack(): void {
    const next = this.#waiting.shift();
    if (next) {
      next.come();
    } else {
      this.#free += 1;
    }
  }
}
