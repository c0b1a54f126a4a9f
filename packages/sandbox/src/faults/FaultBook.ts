import { randomUUID } from 'node:crypto';
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

/** The faults that are on. Kept in memory: a restarted sandbox is whole. */
export class FaultBook {
  #faults: Fault[] = [];
  /** The chance that the book draws from, from 0 up to, not including, 1. */
  readonly random: () => number;

  /** The same seed and the same calls give the same hits. */
  constructor(seed: number = 1) {
    this.random = seededRandom(seed);
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
    this.#faults.push(fault);
    return fault;
  }

  /** Ends the faults that the condition picks, and returns them. */
  end(condition: (fault: Fault) => boolean): Fault[] {
    const ended = this.list().filter(condition);
    this.#faults = this.#faults.filter(fault => !ended.includes(fault));
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

  /** The effects on a call; each fault that is limited in number is used up by one. */
  hit(call: AwsCall): FaultEffect[] {
    if (this.#faults.length === 0) {
      return [];
    }
    return faultsThatHit(this.#faults, call, Date.now(), this.random).map(
      fault => {
        if (fault.timesLeft !== undefined) {
          fault.timesLeft -= 1;
        }
        return fault.effect;
      },
    );
  }
}
