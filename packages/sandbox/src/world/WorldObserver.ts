import { calmWorld } from './calmWorld';
import { Clients, type Connection, OBSERVER } from './footprint/clients';
import { SYSTEMS } from './footprint/systems';
import type { SystemFootprint } from './footprint/types';
import { Power } from './observe/facts';
import { FactsReader } from './observe/FactsReader';
import { type WorldDns, worldState } from './observe/worldState';
import type { WorldState, WorldView } from './types';

/** Where it is dark. */
export interface DarkPlaces {
  regions: readonly string[];
  zones: readonly string[];
}

/** Options of {@link WorldObserver}. */
export interface WorldObserverOptions {
  /** The emulator itself: the world is what it is, also when nobody can ask. */
  connection: Connection;
  dns: WorldDns;
  dark: () => DarkPlaces;
  /** Whether the footprint is there; until it is, the world counts as one in which all is well. */
  isWhole: () => boolean;
  systems?: readonly SystemFootprint[];
  /** Milliseconds between two looks; a second unless told. */
  everyMs?: number;
  /** Told of a look at everything that succeeded. */
  onRead?: () => void;
  /** Told of a look that failed; the state goes on with what was known. */
  onError: (error: unknown) => void;
}

const EVERY_MS = 1_000;

/** Looks at the world once a second and tells what state it is in. */
export class WorldObserver implements WorldView {
  readonly #options: WorldObserverOptions;
  readonly #systems: readonly SystemFootprint[];
  readonly #clients: Clients;
  readonly #reader: FactsReader;
  readonly #listeners = new Set<(state: WorldState) => void>();
  readonly #darkSince = new Map<string, number>();
  #state: WorldState;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isStopped = false;
  /** All of the whole footprint has been read once. */
  #wasRead = false;

  constructor(options: WorldObserverOptions) {
    this.#options = options;
    this.#systems = options.systems ?? SYSTEMS;
    this.#clients = new Clients(options.connection, OBSERVER);
    this.#reader = new FactsReader(this.#clients, this.#systems);
    this.#state = calmWorld(new Date(), this.#systems);
  }

  start(): void {
    const look = () => {
      this.#looking = this.look()
        .catch(this.#options.onError)
        .finally(() => {
          if (!this.#isStopped) {
            this.#timer = setTimeout(look, this.#options.everyMs ?? EVERY_MS);
          }
        });
    };
    look();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
    this.#clients.destroy();
    this.#listeners.clear();
  }

  current(): WorldState {
    return this.#state;
  }

  subscribe(listener: (state: WorldState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One look, out of turn. */
  async look(): Promise<void> {
    const isWhole = this.#options.isWhole();
    try {
      await this.#reader.read({ everything: isWhole && !this.#wasRead });
      this.#wasRead = isWhole;
      this.#options.onRead?.();
    } catch (error) {
      this.#options.onError(error);
    }
    const now = new Date();
    const power = this.#power(now);
    this.#state =
      isWhole && this.#wasRead && !this.#reader.foundNothing
        ? worldState(
            this.#systems,
            this.#reader.facts,
            power,
            this.#options.dns,
            now,
          )
        : calmWorld(now, this.#systems);
    for (const listener of this.#listeners) {
      listener(this.#state);
    }
  }

  #power(now: Date): Power {
    const { regions, zones } = this.#options.dark();
    for (const region of [...this.#darkSince.keys()]) {
      if (!regions.includes(region)) {
        this.#darkSince.delete(region);
      }
    }
    const seconds: Record<string, number> = {};
    for (const region of regions) {
      const since = this.#darkSince.get(region) ?? now.getTime();
      this.#darkSince.set(region, since);
      seconds[region] = (now.getTime() - since) / 1_000;
    }
    return new Power({ regions: seconds, zones });
  }
}
