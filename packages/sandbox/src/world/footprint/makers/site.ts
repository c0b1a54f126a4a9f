import type { ClientKind, Clients } from '../clients';
import type { RegionFootprint, SystemFootprint } from '../types';

/** One system in one region, as it is made. */
export class Site {
  readonly system: SystemFootprint;
  readonly region: string;
  /** Aborted when the sandbox ends. */
  readonly signal: AbortSignal;
  readonly #clients: Clients;

  constructor(
    system: SystemFootprint,
    region: string,
    clients: Clients,
    signal: AbortSignal,
  ) {
    this.system = system;
    this.region = region;
    this.signal = signal;
    this.#clients = clients;
  }

  get parts(): RegionFootprint {
    return this.system.regions[this.region];
  }

  get isHome(): boolean {
    return this.region === this.system.homeRegion;
  }

  client<Client extends { destroy(): void }>(kind: ClientKind<Client>): Client {
    return this.#clients.of(kind, this.region);
  }

  /** The same system in another of its regions. */
  in(region: string): Site {
    return new Site(this.system, region, this.#clients, this.signal);
  }
}
