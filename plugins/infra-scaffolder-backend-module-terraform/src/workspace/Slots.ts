interface Turn {
  come(): void;
}

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

  async with<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#take(signal);
    try {
      return await work();
    } finally {
      this.#giveBack();
    }
  }

  async #take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
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
