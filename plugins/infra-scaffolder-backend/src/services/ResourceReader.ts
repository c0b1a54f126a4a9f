import type {
  Environment,
  EnvironmentResource,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EngineRegistry } from '../registry/EngineRegistry';

/** What an engine said exists, and when it said so (ISO 8601, UTC). */
export interface ResourceReading {
  items: EnvironmentResource[];
  readAt: string;
}

interface Known {
  /** Changes with whatever may have changed the resources. */
  version: string;
  reading?: ResourceReading;
  pending?: Promise<ResourceReading>;
}

const TIMEOUT_MS = 15_000;
/** A reading this young is given again: a page asks every few seconds, and so do others who look at it. */
const YOUNG_MS = 5_000;
/** How long a page waits for AWS while an older reading, marked with its age, could be shown. */
const PATIENCE_MS = 300;
const MOST_KEPT = 200;

/** Asks AWS what an environment has, once for all who ask at the same time. */
export class ResourceReader {
  readonly #engines: EngineRegistry;
  readonly #known = new Map<string, Known>();

  constructor(engines: EngineRegistry) {
    this.#engines = engines;
  }

  async read(environment: Environment): Promise<ResourceReading> {
    const known = this.#knownOf(environment);
    const { reading } = known;
    if (reading && Date.now() - Date.parse(reading.readAt) < YOUNG_MS) {
      return reading;
    }
    known.pending ??= this.#ask(environment)
      .then(fresh => {
        known.reading = fresh;
        return fresh;
      })
      .finally(() => {
        known.pending = undefined;
      });
    if (!reading) {
      return known.pending;
    }
    // The older reading stands in only for one that is late; one that fails is told.
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<ResourceReading>(resolve => {
      timer = setTimeout(() => resolve(reading), PATIENCE_MS);
    });
    known.pending.catch(() => {});
    return Promise.race([known.pending, late]).finally(() =>
      clearTimeout(timer),
    );
  }

  #knownOf(environment: Environment): Known {
    const version = `${environment.status} ${environment.lastRunId}`;
    const old = this.#known.get(environment.id);
    if (old?.version === version) {
      return old;
    }
    const known: Known = { version };
    this.#known.delete(environment.id);
    this.#known.set(environment.id, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KEPT) {
      this.#known.delete(oldest);
    }
    return known;
  }

  async #ask(environment: Environment): Promise<ResourceReading> {
    const items = await this.#engines
      .get(environment.engine)
      .listResources(environment, AbortSignal.timeout(TIMEOUT_MS));
    return { items, readAt: new Date().toISOString() };
  }
}
