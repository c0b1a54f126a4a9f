import type { Effect } from '../systems/types';
import { type Incident, strengthOf } from './calendar';

/** What is wrong with a system at a moment beside the state of its world; shares are of 0 to 1, factors of the usual. */
export interface Trouble {
  databaseIsDown: number;
  cacheIsDown: number;
  consumersAreDown: number;
  /** Share of the nodes that is gone. */
  lostNodes: number;
  connections: number;
  cacheHits: number;
  of(component: string): ComponentTrouble;
}

interface ComponentTrouble {
  /** Share of calls that fail beside the usual. */
  errors: number;
  latency: number;
  cpu: number;
}

const FINE: ComponentTrouble = { errors: 0, latency: 1, cpu: 1 };

/** All is well. */
export const NO_TROUBLE: Trouble = {
  databaseIsDown: 0,
  cacheIsDown: 0,
  consumersAreDown: 0,
  lostNodes: 0,
  connections: 1,
  cacheHits: 1,
  of: () => FINE,
};

function scaled(factor: number | undefined, strength: number): number {
  return factor === undefined ? 1 : 1 + (factor - 1) * strength;
}

/** What is wrong by these incidents. */
export function troubleOf(
  incidents: readonly Incident[],
  timeMs: number,
): Trouble {
  const active = incidents
    .map(incident => ({
      component: incident.component,
      effect: incident.story.effect,
      strength: strengthOf(incident, timeMs),
    }))
    .filter(({ strength }) => strength > 0);
  if (active.length === 0) {
    return NO_TROUBLE;
  }
  const worst = (name: keyof Effect) =>
    Math.max(
      0,
      ...active.map(({ effect, strength }) => (effect[name] ? strength : 0)),
    );
  const product = (name: 'connections' | 'cacheHits') =>
    active.reduce(
      (all, { effect, strength }) => all * scaled(effect[name], strength),
      1,
    );
  return {
    databaseIsDown: worst('databaseIsDown'),
    cacheIsDown: worst('cacheIsDown'),
    consumersAreDown: worst('consumersAreDown'),
    lostNodes: worst('zoneIsDown') > 0.5 ? 1 / 3 : 0,
    connections: product('connections'),
    cacheHits: product('cacheHits'),
    of: component =>
      active
        .filter(story => story.component === component)
        .reduce(
          (all, { effect, strength }) => ({
            errors: all.errors + (effect.errors ?? 0) * strength,
            latency: all.latency * scaled(effect.latency, strength),
            cpu: all.cpu * scaled(effect.cpu, strength),
          }),
          FINE,
        ),
  };
}
