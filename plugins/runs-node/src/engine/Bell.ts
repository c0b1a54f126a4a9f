import type { RunClock } from './RunClock';

/** Lets one loop wait until somebody rings, or a time is up. Rings while nobody waits are kept. */
export class Bell {
  readonly #clock: RunClock;
  #rung = false;
  #answer: (() => void) | undefined;

  constructor(clock: RunClock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#rung = true;
    this.#answer?.();
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>(resolve => {
        const callOff = this.#clock.after(milliseconds, resolve);
        this.#answer = () => {
          callOff();
          resolve();
        };
      });
    }
    this.#rung = false;
    this.#answer = undefined;
  }
}
