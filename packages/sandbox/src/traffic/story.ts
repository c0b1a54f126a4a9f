import { Calendar, type Deploy, type Incident } from './model/calendar';
import { Demand, type Load } from './model/demand';
import { TRAFFIC } from './systems';
import { SEED } from './Traffic';

/** The story of one system: what it was asked for, what went wrong and what was deployed, at any time. */
export interface Story {
  /** The load of a moment, UTC milliseconds. */
  loadAt(timeMs: number): Load;
  /** Incidents that have any part in the time, the oldest first. */
  incidents(fromMs: number, toMs: number): Incident[];
  /** Deploys that began in the time, the oldest first. */
  deploys(fromMs: number, toMs: number): Deploy[];
}

/** The story that the traffic of a system follows, for whatever else tells of its past. */
export function storyOf(system: string): Story {
  const spec = TRAFFIC.find(({ name }) => name === system);
  if (!spec) {
    throw new Error(
      `There is no traffic of "${system}"; there is of ${TRAFFIC.map(
        ({ name }) => name,
      ).join(', ')}.`,
    );
  }
  const calendar = new Calendar(spec, SEED);
  const demand = new Demand(spec, SEED);
  return {
    loadAt: timeMs => demand.at(timeMs),
    incidents: (fromMs, toMs) => calendar.incidents(fromMs, toMs),
    deploys: (fromMs, toMs) => calendar.deploys(fromMs, toMs),
  };
}
