import type { SystemState, WorldState } from '../world/types';
import type { SystemFlow, SystemMemory } from './model/flow';
import { SystemModel } from './model/SystemModel';
import { measure } from './series';
import { Ledger } from './series/Ledger';
import type { Meter } from './series/types';
import { TRAFFIC } from './systems';

/** What traffic is at a moment, to go on from; plain data. */
export interface TrafficState {
  /** UTC milliseconds. */
  at: number;
  /** Of the ledger that the values fit. */
  layout: string;
  values: number[];
  /** By system. */
  memories: Record<string, SystemMemory>;
}

/** How the world is for the traffic of the time. */
export interface Circumstances {
  /** All is well unless told. */
  world?: WorldState;
  /** Whether what went wrong by the calendar does so. */
  withIncidents: boolean;
}

/** The seed of the sandbox's story. */
export const SEED = 1;

/** The traffic of all seed systems, moved on through time. It has no clock: times are passed in. */
export class Traffic {
  readonly ledger: Ledger;
  readonly models: readonly SystemModel[];
  #at: number;
  #memories: Map<string, SystemMemory>;

  /** Traffic that has been at rest, with totals of zero. */
  static startingAt(timeMs: number, seed: number = SEED): Traffic {
    return new Traffic(timeMs, seed);
  }

  /** Traffic as it was; totals begin anew where the series have become other ones. */
  static from(state: TrafficState, seed: number = SEED): Traffic {
    const traffic = new Traffic(state.at, seed);
    if (state.layout === traffic.ledger.layout) {
      traffic.ledger.values.set(state.values);
    }
    for (const { spec } of traffic.models) {
      const memory = state.memories[spec.name];
      if (memory) {
        traffic.#memories.set(spec.name, structuredClone(memory));
      }
    }
    return traffic;
  }

  private constructor(timeMs: number, seed: number) {
    this.#at = timeMs;
    this.models = TRAFFIC.map(spec => new SystemModel(spec, seed));
    this.#memories = this.#atRest();
    const flows = this.#flows(timeMs, 1, { withIncidents: false });
    this.#memories = this.#atRest();
    this.ledger = Ledger.of(meterAt => {
      flows.forEach(flow => measure(meterAt, flow, timeMs));
    });
  }

  /** Up to when it has been moved, UTC milliseconds. */
  get at(): number {
    return this.#at;
  }

  get state(): TrafficState {
    return {
      at: this.#at,
      layout: this.ledger.layout,
      values: [...this.ledger.values],
      memories: structuredClone(Object.fromEntries(this.#memories)),
    };
  }

  /** Moves on to a later time in one step. */
  step(toMs: number, circumstances: Circumstances): readonly SystemFlow[] {
    const seconds = (toMs - this.#at) / 1000;
    const flows = this.#flows(toMs, seconds, circumstances);
    this.ledger.record(seconds, (meterAt: (vantage: string) => Meter) => {
      flows.forEach(flow => measure(meterAt, flow, toMs));
    });
    this.#at = toMs;
    return flows;
  }

  #flows(
    toMs: number,
    seconds: number,
    { world, withIncidents }: Circumstances,
  ): SystemFlow[] {
    return this.models.map(model => {
      const { name } = model.spec;
      const memory = this.#memories.get(name)!;
      const state = withAllRegions(model.calm, world?.systems[name]);
      return model.step(state, memory, toMs, seconds, withIncidents);
    });
  }

  #atRest(): Map<string, SystemMemory> {
    return new Map(this.models.map(model => [model.spec.name, model.atRest()]));
  }
}

/** The state with the same regions at all times, so that the series stay the same. */
function withAllRegions(
  calm: SystemState,
  state: SystemState | undefined,
): SystemState {
  if (!state) {
    return calm;
  }
  const regions = Object.keys(calm.regions);
  return {
    ...state,
    regions: Object.fromEntries(
      regions.map(region => [
        region,
        state.regions[region] ?? calm.regions[region],
      ]),
    ),
  };
}
