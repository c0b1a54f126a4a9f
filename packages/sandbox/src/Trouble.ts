/** Tells a person of a trouble when it begins, not each time that it is met; once it is over, it can begin again. */
export class Trouble {
  readonly #tell: (reason: string) => void;
  #isOn = false;

  /** @param tell - what to do with the reason of one that has begun */
  constructor(tell: (reason: string) => void) {
    this.#tell = tell;
  }

  met(error: unknown): void {
    if (!this.#isOn) {
      this.#isOn = true;
      this.#tell((error as Error).message);
    }
  }

  over(): void {
    this.#isOn = false;
  }

  /** Does what may fail; what it throws is told. */
  attempt(work: () => void): void {
    try {
      work();
      this.over();
    } catch (error) {
      this.met(error);
    }
  }
}
