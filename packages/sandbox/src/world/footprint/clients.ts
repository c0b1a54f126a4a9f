/** How the emulator is reached. */
export interface Connection {
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

interface ClientConfig extends Connection {
  region: string;
  maxAttempts: number;
  requestHandler: { requestTimeout: number; throwOnRequestTimeout: boolean };
  customUserAgent?: string;
}

/** By this name the emulator knows that a call changes nothing, and need not save its state after it. */
export const OBSERVER = 'slipway-observer';

/** The emulator answers in milliseconds; whoever waits for one that hangs could not be stopped. */
export const ANSWER_WITHIN_MS = 10_000;

/** A class of clients of the AWS SDK. */
export type ClientKind<Client> = new (config: ClientConfig) => Client;

/**
 * One client a service and region, made when first asked for. They go to the emulator, past the gateway: what
 * troubles people's calls must not trouble the world itself.
 */
export class Clients {
  readonly #connection: Connection;
  readonly #customUserAgent: string | undefined;
  readonly #made = new Map<string, { destroy(): void }>();

  /** @param customUserAgent - what the clients call themselves beside the SDK's own name */
  constructor(connection: Connection, customUserAgent?: string) {
    this.#connection = connection;
    this.#customUserAgent = customUserAgent;
  }

  get endpoint(): string {
    return this.#connection.endpoint;
  }

  of<Client extends { destroy(): void }>(
    Kind: ClientKind<Client>,
    region: string,
  ): Client {
    const key = `${Kind.name} ${region}`;
    const made =
      (this.#made.get(key) as Client | undefined) ??
      new Kind({
        ...this.#connection,
        region,
        maxAttempts: 2,
        requestHandler: {
          requestTimeout: ANSWER_WITHIN_MS,
          throwOnRequestTimeout: true,
        },
        customUserAgent: this.#customUserAgent,
      });
    this.#made.set(key, made);
    return made;
  }

  destroy(): void {
    this.#made.forEach(client => client.destroy());
    this.#made.clear();
  }
}
