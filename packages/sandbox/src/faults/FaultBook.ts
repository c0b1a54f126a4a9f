import { randomUUID } from 'node:crypto';
import { type Darkness, darknessOf } from './darkness';
import { FaultFile } from './FaultFile';
import { faultsThatHit } from './matching';
import { seededRandom } from './seededRandom';
import type { AwsCall, Fault, FaultEffect, FaultMatch } from './types';

/** What it takes to start a fault; see {@link Fault}. */
export interface FaultRequest {
  effect: FaultEffect;
  match: FaultMatch;
  probability?: number;
  times?: number;
  durationMs?: number;
  startedBy: string;
}

/** Settings of a {@link FaultBook}. */
interface FaultBookOptions {
  /** The same seed and the same calls give the same hits; 1 unless told. */
  seed?: number;
  /** Where the faults are kept, so that a restarted sandbox is in the world it was in; in memory only unless told. */
  file?: string;
}

/** Longer waits are cut into pieces: a timer takes no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The faults that are on: the one truth about them, for the gateway, the emulator and the DNS. */
export class FaultBook {
  #faults: Fault[];
  readonly #file: FaultFile | undefined;
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  /** The chance that the book draws from, from 0 up to, not including, 1. */
  readonly random: () => number;

  constructor({ seed = 1, file }: FaultBookOptions = {}) {
    this.random = seededRandom(seed);
    this.#file = file === undefined ? undefined : new FaultFile(file);
    this.#faults = this.#file?.read() ?? [];
    this.#watchTheClock();
  }

  start(request: FaultRequest): Fault {
    const now = Date.now();
    const fault: Fault = {
      id: randomUUID().slice(0, 8),
      effect: request.effect,
      match: request.match,
      probability: request.probability ?? 1,
      timesLeft: request.times,
      startedBy: request.startedBy,
      startedAt: new Date(now).toISOString(),
      endsAt:
        request.durationMs === undefined
          ? undefined
          : new Date(now + request.durationMs).toISOString(),
    };
    // First, so that one which cannot be kept is not on either.
    this.#file?.write([...this.list(), fault]);
    this.#faults.push(fault);
    this.#changed();
    return fault;
  }

  /** Ends the faults that the condition picks, and returns them. */
  end(condition: (fault: Fault) => boolean): Fault[] {
    const ended = this.list().filter(condition);
    if (ended.length > 0) {
      this.#faults = this.#faults.filter(fault => !ended.includes(fault));
      this.#changed();
    }
    return ended;
  }

  list(): Fault[] {
    const now = Date.now();
    this.#faults = this.#faults.filter(
      fault =>
        (fault.timesLeft === undefined || fault.timesLeft > 0) &&
        (fault.endsAt === undefined || now < Date.parse(fault.endsAt)),
    );
    return [...this.#faults];
  }

  /** The places that are dark now. */
  darkness(): Darkness {
    return darknessOf(this.list());
  }

  /** Calls back after every start and end of a fault, also one by time. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** The effects on a call; each fault that is limited in number is used up by one. */
  hit(call: AwsCall): FaultEffect[] {
    if (this.#faults.length === 0) {
      return [];
    }
    return faultsThatHit(this.#faults, call, Date.now(), this.random).map(
      fault => {
        if (fault.timesLeft !== undefined) {
          fault.timesLeft -= 1;
          this.#keep();
        }
        return fault.effect;
      },
    );
  }

  /** Ends the watch over faults that end by time; what is kept stays. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  /** A full disk keeps no fault on: after a restart one that has ended may be on again, and a person can end it again. */
  #keep(): void {
    try {
      this.#file?.write(this.list());
    } catch {
      // The next change tries again.
    }
  }

  #changed(): void {
    this.#keep();
    this.#watchTheClock();
    this.#listeners.forEach(listener => listener());
  }

  #watchTheClock(): void {
    clearTimeout(this.#timer);
    const ends = this.list().flatMap(({ endsAt }) =>
      endsAt === undefined ? [] : [Date.parse(endsAt)],
    );
    if (ends.length > 0) {
      const wait = Math.min(...ends) - Date.now();
      this.#timer = setTimeout(
        () => this.#changed(),
        Math.min(Math.max(wait, 1), LONGEST_TIMER_MS),
      ).unref();
    }
  }
}
