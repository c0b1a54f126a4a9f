/** How the emulator is reached. */
export interface Connection {
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

interface ClientConfig extends Connection {
  region: string;
  maxAttempts: number;
}

/** A class of clients of the AWS SDK. */
export type ClientKind<Client> = new (config: ClientConfig) => Client;

/**
 * One client a service and region, made when first asked for. They go to the emulator, past the gateway: what
 * troubles people's calls must not trouble the world itself.
 */
export class Clients {
  readonly #connection: Connection;
  readonly #made = new Map<string, { destroy(): void }>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get endpoint(): string {
    return this.#connection.endpoint;
  }

  of<Client extends { destroy(): void }>(
    kind: ClientKind<Client>,
    region: string,
  ): Client {
    const key = `${kind.name} ${region}`;
    const made =
      (this.#made.get(key) as Client | undefined) ??
      new kind({ ...this.#connection, region, maxAttempts: 2 });
    this.#made.set(key, made);
    return made;
  }

  destroy(): void {
    this.#made.forEach(client => client.destroy());
    this.#made.clear();
  }
}
