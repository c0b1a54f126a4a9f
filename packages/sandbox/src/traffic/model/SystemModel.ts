import { calmWorld } from '../../world/calmWorld';
import type { SystemRegionState, SystemState } from '../../world/types';
import type { SystemSpec } from '../systems/types';
import { Calendar, type Deploy, type Incident } from './calendar';
import { Demand, type Load } from './demand';
import type {
  CdnFlow,
  RegionFlow,
  RegionMemory,
  SystemFlow,
  SystemMemory,
} from './flow';
import { hitRatioOf, missFactor } from './parts/cache';
import { queriesByRegion } from './parts/database';
import { keyOf, wave } from './parts/random';
import { moveUsers } from './parts/routing';
import { regionFlow } from './regionFlow';
import { NO_TROUBLE, troubleOf } from './trouble';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Within which every component has been deployed at least once. */
const DEPLOY_DAYS = 35;

interface Day {
  day: number;
  incidents: Incident[];
  /** Those of some weeks before as well. */
  deploys: Map<string, Deploy[]>;
}

/**
 * One seed system as a function of time, of the state of the world, and of the little that it remembers of the moment
 * before. There is no clock and no chance in it: the same seed, times and states give the same flows.
 */
export class SystemModel {
  readonly spec: SystemSpec;
  readonly calendar: Calendar;
  /** The system while nothing is wrong with its world. */
  readonly calm: SystemState;
  readonly #demand: Demand;
  readonly #key: number;
  #day?: Day;

  constructor(spec: SystemSpec, seed: number) {
    this.spec = spec;
    this.calendar = new Calendar(spec, seed);
    this.calm = calmWorld(new Date(0)).systems[spec.name];
    this.#demand = new Demand(spec, seed);
    this.#key = keyOf('model', spec.name, `${seed}`);
  }

  loadAt(timeMs: number): Load {
    return this.#demand.at(timeMs);
  }

  /** What it remembers when it has been at rest in a state. */
  atRest(state: SystemState = this.calm): SystemMemory {
    const region = (of: SystemRegionState): RegionMemory => ({
      pods: {},
      wantedPods: {},
      readyNodes: of.nodes.ready,
      lostShare: 0,
      lostSeconds: 0,
      warmth:
        of.region === state.homeRegion || of.cache.role === 'secondary'
          ? 1
          : 0.2,
      backlog: 0,
    });
    return {
      shares: { ...(state.dns[0]?.shares ?? { [state.homeRegion]: 1 }) },
      regions: Object.fromEntries(
        Object.values(state.regions).map(of => [of.region, region(of)]),
      ),
    };
  }

  /**
   * What the system does in the seconds that end at the time, as it is in their middle, with the incidents of the
   * calendar or without them. The memory is changed.
   */
  step(
    state: SystemState,
    memory: SystemMemory,
    timeMs: number,
    seconds: number,
    withIncidents: boolean,
  ): SystemFlow {
    const { spec } = this;
    const middle = timeMs - seconds * 500;
    const load = this.#demand.at(middle);
    const { incidents, deploys } = this.#dayOf(timeMs);
    const atHome = withIncidents ? troubleOf(incidents, middle) : NO_TROUBLE;
    // The calendar tells of the home region only.
    const troubleIn = (region: string) =>
      region === state.homeRegion ? atHome : NO_TROUBLE;
    memory.shares = moveUsers(memory.shares, state, seconds);
    for (const of of Object.values(state.regions)) {
      memory.regions[of.region] ??= this.atRest(state).regions[of.region];
    }
    const users = (region: string) => ({
      requests: load.requests * memory.shares[region],
      relative: load.relative * memory.shares[region],
    });
    const asked = queriesByRegion(spec, state, users, region =>
      missFactor(
        spec,
        hitRatioOf(
          spec,
          state.regions[region],
          troubleIn(region),
          memory.regions[region],
        ),
      ),
    );
    const found = Object.values(memory.shares).reduce((a, b) => a + b, 0);
    const noise = (what: number) =>
      wave(this.#key + what, middle, 17 * MINUTE_MS);
    const regions = Object.values(state.regions).map(of =>
      regionFlow(spec, of, {
        state,
        memory: memory.regions[of.region],
        load,
        share: memory.shares[of.region],
        lostUsers: of.region === state.homeRegion ? Math.max(0, 1 - found) : 0,
        trouble: troubleIn(of.region),
        databaseIsDown: atHome.databaseIsDown,
        asked: asked[of.region],
        deploys,
        noise,
        timeMs,
        seconds,
      }),
    );
    return {
      spec,
      seconds,
      load,
      regions,
      cdn: this.#cdn(load, regions, noise(0)),
    };
  }

  /** Caches answer what they have; what they lack they ask of the region that the origin's name leads to. */
  #cdn(load: Load, regions: RegionFlow[], noise: number): CdnFlow | undefined {
    const { cdn } = this.spec;
    if (!cdn) {
      return undefined;
    }
    const dark = regions.reduce(
      (sum, { isDark, share }) => sum + (isDark ? share : 0),
      0,
    );
    const requests = load.requests * cdn.requestsPerRequest;
    const misses = requests * (1 - cdn.hits) * (1 + 0.1 * noise);
    return {
      hits: requests - misses,
      misses: misses * (1 - dark),
      errors: misses * dark,
      bytes: requests * cdn.bytesPerRequest,
    };
  }

  #dayOf(timeMs: number): Day {
    const day = Math.floor(timeMs / DAY_MS);
    if (this.#day?.day !== day) {
      const from = day * DAY_MS;
      const to = from + DAY_MS;
      const deploys = new Map<string, Deploy[]>();
      for (const deploy of this.calendar.deploys(
        from - DEPLOY_DAYS * DAY_MS,
        to,
      )) {
        const { component } = deploy;
        deploys.set(component, [...(deploys.get(component) ?? []), deploy]);
      }
      const incidents = this.calendar.incidents(from - DAY_MS, to);
      this.#day = { day, incidents, deploys };
    }
    return this.#day;
  }
}
