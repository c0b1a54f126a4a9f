import type { SystemSpec } from '../systems/types';
import { keyOf, wave } from './parts/random';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How much users ask of a system at a moment. */
export interface Load {
  /** Requests of users that reach the entry of the system, a second. */
  requests: number;
  /** The same as a share of the yearly average. */
  relative: number;
  /** Users at work. */
  users: number;
}

/**
 * Growth over the year: from 0.94 in January to 1.06 in December, when the shops are full, and back within three weeks.
 * It stays within bounds however long the world is looked at.
 */
function season(timeMs: number): number {
  const date = new Date(timeMs);
  const year = Date.UTC(date.getUTCFullYear(), 0, 1);
  const day = (timeMs - year) / DAY_MS;
  return day < 21 ? 1.06 - (day / 21) * 0.12 : 0.94 + ((day - 21) / 345) * 0.12;
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The load of a system over time: hours of the day, days of the week, the season, and noise that a seed draws. */
export class Demand {
  readonly #spec: SystemSpec['demand'];
  readonly #key: number;
  readonly #mean: number;

  constructor(spec: SystemSpec, seed: number) {
    this.#spec = spec.demand;
    this.#key = keyOf('demand', spec.name, `${seed}`);
    this.#mean = average(spec.demand.hours) * average(spec.demand.weekdays);
  }

  at(timeMs: number): Load {
    const hour = Math.floor(timeMs / HOUR_MS);
    const within = timeMs / HOUR_MS - hour;
    const usual =
      this.#ofHour(hour) * (1 - within) + this.#ofHour(hour + 1) * within;
    const noise =
      1 +
      0.03 * wave(this.#key, timeMs, 70 * MINUTE_MS) +
      0.025 * wave(this.#key + 1, timeMs, 9 * MINUTE_MS) +
      0.01 * wave(this.#key + 2, timeMs, MINUTE_MS);
    const relative = (usual / this.#mean) * season(timeMs) * noise;
    const requests = relative * this.#spec.requests;
    return { relative, requests, users: requests * this.#spec.usersPerRequest };
  }

  /** Weight of an hour that is counted from 1970. */
  #ofHour(hour: number): number {
    // 1970 began on a Thursday.
    const weekday = (Math.floor(hour / 24) + 4) % 7;
    return this.#spec.hours[hour % 24] * this.#spec.weekdays[weekday];
  }
}
