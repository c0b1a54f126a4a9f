import type { Story, SystemSpec } from '../systems/types';
import { drawn, keyOf } from './parts/random';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Each system has one of each story in as many days; any 100 days have at least one whole round. */
const CYCLE_DAYS = 35;
/** In which days of a cycle each story can begin; none runs into the next. */
const BEGINS = {
  outage: { from: 2, to: 11 },
  strain: { from: 14, to: 20 },
  slowBurn: { from: 23, to: 31 },
};

/** Something that went wrong in a system. */
export interface Incident {
  id: string;
  system: string;
  kind: keyof typeof BEGINS;
  title: string;
  component: string;
  /** UTC milliseconds. */
  startsAt: number;
  endsAt: number;
  story: Story;
}

/** A new version of a component. */
export interface Deploy {
  system: string;
  component: string;
  /** When it began, UTC milliseconds. */
  at: number;
  durationSeconds: number;
  result: 'succeeded' | 'rolled_back';
}

/** How bad an incident is at a moment: 0 before and after, 1 at its worst. */
export function strengthOf(incident: Incident, timeMs: number): number {
  const rampMs = Math.max(incident.story.rampMinutes * MINUTE_MS, 1);
  const since = timeMs - incident.startsAt;
  const left = incident.endsAt - timeMs;
  return Math.max(0, Math.min(1, since / rampMs, left / rampMs));
}

/** What happened to a system and when, as a seed draws it: the same for whoever asks, whenever. */
export class Calendar {
  readonly #spec: SystemSpec;
  readonly #key: number;

  constructor(spec: SystemSpec, seed: number) {
    this.#spec = spec;
    this.#key = keyOf('calendar', spec.name, `${seed}`);
  }

  /** Incidents that have any part in the time, the oldest first. */
  incidents(fromMs: number, toMs: number): Incident[] {
    const offset = drawn(this.#key, 0) * CYCLE_DAYS * DAY_MS;
    const cycleOf = (timeMs: number) =>
      Math.floor((timeMs - offset) / (CYCLE_DAYS * DAY_MS));
    const found: Incident[] = [];
    for (let cycle = cycleOf(fromMs) - 1; cycle <= cycleOf(toMs); cycle++) {
      const begin = offset + cycle * CYCLE_DAYS * DAY_MS;
      found.push(...this.#incidentsOf(cycle, begin));
    }
    return found
      .filter(({ startsAt, endsAt }) => endsAt > fromMs && startsAt < toMs)
      .sort((a, b) => a.startsAt - b.startsAt);
  }

  /** Deploys that began in the time, the oldest first. */
  deploys(fromMs: number, toMs: number): Deploy[] {
    const found: Deploy[] = [];
    for (
      let day = Math.floor(fromMs / DAY_MS);
      day <= Math.floor(toMs / DAY_MS);
      day++
    ) {
      found.push(...this.#deploysOf(day));
    }
    for (const incident of this.incidents(fromMs, toMs)) {
      found.push(...this.#deploysAround(incident));
    }
    return found
      .filter(({ at }) => at >= fromMs && at < toMs)
      .sort((a, b) => a.at - b.at);
  }

  #incidentsOf(cycle: number, beginMs: number): Incident[] {
    return (Object.keys(BEGINS) as Incident['kind'][]).map((kind, index) => {
      const draw = (what: number) =>
        drawn(this.#key + 1 + index, cycle, what + 1);
      const { from, to } = BEGINS[kind];
      const day = Math.floor(
        (beginMs + (from + draw(0) * (to - from)) * DAY_MS) / DAY_MS,
      );
      const minute = Math.floor((13 + draw(1) * 8) * 60);
      const story = this.#spec.stories[kind];
      const { least, most } = story.minutes;
      const startsAt = day * DAY_MS + minute * MINUTE_MS;
      return {
        id: `${this.#spec.name}-${kind}-${cycle}`,
        system: this.#spec.name,
        kind,
        title: story.title,
        component: story.component,
        startsAt,
        endsAt:
          startsAt + Math.round(least + draw(2) * (most - least)) * MINUTE_MS,
        story,
      };
    });
  }

  /** On working days, in working hours of America, about two a week for each component. */
  #deploysOf(day: number): Deploy[] {
    const weekday = (day + 4) % 7;
    if (weekday === 0 || weekday === 6) {
      return [];
    }
    return this.#spec.components.flatMap(({ name, deploySeconds }, index) => {
      const draw = (what: number) =>
        drawn(this.#key + 100 + index, day, what + 1);
      if (draw(0) > 0.4) {
        return [];
      }
      const isRolledBack = draw(3) < 0.04;
      return [
        {
          system: this.#spec.name,
          component: name,
          at: day * DAY_MS + Math.floor((14 + draw(1) * 6) * 60) * MINUTE_MS,
          durationSeconds: Math.round(
            deploySeconds * (0.85 + 0.3 * draw(2)) * (isRolledBack ? 1.5 : 1),
          ),
          result: isRolledBack ? ('rolled_back' as const) : 'succeeded',
        },
      ];
    });
  }

  /** A slow burn comes with a version and goes with the next. */
  #deploysAround(incident: Incident): Deploy[] {
    if (incident.kind !== 'slowBurn') {
      return [];
    }
    const spec = this.#spec.components.find(
      ({ name }) => name === incident.component,
    );
    return [incident.startsAt, incident.endsAt].map(at => ({
      system: this.#spec.name,
      component: incident.component,
      at,
      durationSeconds: Math.round(spec?.deploySeconds ?? 180),
      result: 'succeeded' as const,
    }));
  }
}
