import type { RunClock } from '../../engine/RunClock';

const START_MS = Date.UTC(2026, 0, 1);

interface Timer {
  order: number;
  atMs: number;
  isOn: () => boolean;
  ring: () => void;
}

/** The true time of a simulated world, which is the database's too. It stands still until it is told to go on. */
export class VirtualTime {
  #nowMs = START_MS;
  #order = 0;
  readonly #timers = new Set<Timer>();

  /** Milliseconds since 1970. */
  get nowMs(): number {
    return this.#nowMs;
  }

  get elapsedMs(): number {
    return this.#nowMs - START_MS;
  }

  /** @param isOn - a timer that is off does not ring, but is not forgotten. */
  at(atMs: number, ring: () => void, isOn: () => boolean = () => true): Timer {
    this.#order += 1;
    const timer = { order: this.#order, atMs, isOn, ring };
    this.#timers.add(timer);
    return timer;
  }

  after(milliseconds: number, ring: () => void): void {
    this.at(this.#nowMs + milliseconds, ring);
  }

  callOff(timer: Timer): void {
    this.#timers.delete(timer);
  }

  nextAtMs(): number | undefined {
    return this.#next()?.atMs;
  }

  /** Goes on to the next timer and rings it. */
  advance(): boolean {
    const next = this.#next();
    if (!next) {
      return false;
    }
    this.#timers.delete(next);
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.ring();
    return true;
  }

  /** A little time, so that two things do not happen at once. */
  tick(): void {
    this.#nowMs += 1;
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (
        timer.isOn() &&
        (!next ||
          timer.atMs < next.atMs ||
          (timer.atMs === next.atMs && timer.order < next.order))
      ) {
        next = timer;
      }
    }
    return next;
  }
}

/** What stands still while a process is frozen: a stopped process keeps its clocks, a sleeping machine does not. */
export type FrozenClocks = 'none' | 'monotonic' | 'both';

/** The clocks of one process: off by some hours, a little fast or slow, and still while its machine sleeps. */
export class ProcessClock implements RunClock {
  readonly #time: VirtualTime;
  readonly #rate: number;
  readonly #isOn: () => boolean;
  readonly #mine = new Set<Timer>();
  #wallOffsetMs: number;
  #stoodStillMs = 0;

  constructor(options: {
    time: VirtualTime;
    rate: number;
    wallOffsetMs: number;
    isOn: () => boolean;
  }) {
    this.#time = options.time;
    this.#rate = options.rate;
    this.#wallOffsetMs = options.wallOffsetMs;
    this.#isOn = options.isOn;
  }

  monotonicMs(): number {
    return (this.#time.elapsedMs - this.#stoodStillMs) * this.#rate;
  }

  wallMs(): number {
    return this.#time.nowMs + this.#wallOffsetMs;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = this.#time.at(
      this.#time.nowMs + milliseconds / this.#rate,
      () => {
        this.#mine.delete(timer);
        callback();
      },
      this.#isOn,
    );
    this.#mine.add(timer);
    return () => {
      this.#mine.delete(timer);
      this.#time.callOff(timer);
    };
  }

  /** Somebody set the wall clock. */
  setWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  stoodStill(forMs: number, clocks: FrozenClocks): void {
    if (clocks === 'none') {
      return;
    }
    this.#stoodStillMs += forMs;
    this.#mine.forEach(timer => {
      timer.atMs += forMs;
    });
    if (clocks === 'both') {
      this.#wallOffsetMs -= forMs;
    }
  }
}
