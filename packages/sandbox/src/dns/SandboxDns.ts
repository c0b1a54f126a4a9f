import { readFileSync } from 'node:fs';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { Route53Client } from '@aws-sdk/client-route-53';
import { writeStateFile } from '../stateFile';
import { answers, type Balancer, type EmulatedWorld } from './balancers';
import { DnsServer } from './DnsServer';
import {
  type CheckState,
  HealthCheckEvaluator,
  type Observation,
} from './healthChecks';
import { Route53Reader, type Zone } from './Route53Reader';
import {
  answer,
  normalName,
  type DnsAnswer,
  type RoutingContext,
} from './routing';
import { WorldProbe } from './WorldProbe';

const READ_EVERY_MS = 1_000;
const READ_TIMEOUT_MS = 5_000;
const MOST_NAMES_FOLLOWED = 8;

/** Settings of the DNS. */
export interface SandboxDnsOptions {
  /** The emulator itself, not the gateway: Route 53's data plane goes on while its control plane is dark. */
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  isDark: (region: string) => boolean;
  /** UDP and TCP port on loopback; 0 takes a free one. */
  port: number;
  /** Where the state of the health checks is kept across restarts. */
  stateFile: string;
  /** Told what the emulator says of the world each time it is read. */
  onWorld: (world: EmulatedWorld) => void;
  /** Told when all could be read and kept. */
  onRead: () => void;
  /** Told of a read of the control plane that failed; the DNS goes on with what it knew. */
  onError: (error: unknown) => void;
}

/** A health check as it is now. */
export interface HealthCheckNow {
  id: string;
  healthy: boolean;
  last?: Observation;
}

/**
 * Route 53's data plane: DNS on loopback from the public hosted zones, and the health checks behind it. A question over
 * the network tells no place that it comes from; {@link SandboxDns.resolve} takes one.
 */
export class SandboxDns {
  #zones: Zone[] = [];
  #balancers: Balancer[] = [];
  #server: DnsServer | undefined;
  readonly #evaluator: HealthCheckEvaluator;
  readonly #reader: Route53Reader;
  readonly #options: SandboxDnsOptions;
  #reading: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #kept = '';

  private constructor(options: SandboxDnsOptions) {
    this.#options = options;
    const { endpoint, credentials } = options;
    const client = {
      endpoint,
      credentials,
      maxAttempts: 1,
      requestHandler: {
        requestTimeout: READ_TIMEOUT_MS,
        throwOnRequestTimeout: true,
      },
    };
    this.#reader = new Route53Reader(
      new Route53Client({ ...client, region: 'us-east-1' }),
    );
    const cloudWatches = new Map<string, CloudWatchClient>();
    this.#evaluator = new HealthCheckEvaluator(
      new WorldProbe({
        answers: name => this.#answers(name),
        isDark: options.isDark,
        canonical: name => this.#canonicalName(name),
        endpoint,
        cloudWatch: region => {
          const known = cloudWatches.get(region);
          const made = known ?? new CloudWatchClient({ ...client, region });
          cloudWatches.set(region, made);
          return made;
        },
      }),
      readKept(options.stateFile),
    );
  }

  static async start(options: SandboxDnsOptions): Promise<SandboxDns> {
    const dns = new SandboxDns(options);
    dns.#server = await DnsServer.start(
      {
        zoneOf: name => dns.#zoneOf(name)?.records,
        resolve: (name, type) => dns.resolve(name, type),
      },
      options.port,
    );
    await dns.#read();
    dns.#timer = setInterval(() => {
      dns.#reading ??= dns.#read().finally(() => {
        dns.#reading = undefined;
      });
    }, READ_EVERY_MS);
    return dns;
  }

  get port(): number {
    return this.#server!.port;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reading;
    await this.#server?.stop();
  }

  /** One answer, as a resolver near `client` would get it now. */
  resolve(
    name: string,
    type: string,
    client: RoutingContext['client'] = {},
    draw = Math.random(),
  ): DnsAnswer | undefined {
    const zone = this.#zoneOf(name);
    return zone && answer(name, type, this.#context(zone, client, draw));
  }

  /** Of a health check, as `GetHealthCheckStatus` tells it; undefined for one that does not exist (yet). */
  healthCheck(
    id: string,
  ): { healthy: boolean; last?: Observation } | undefined {
    return this.#evaluator.ids.includes(id)
      ? {
          healthy: this.#evaluator.isHealthy(id),
          last: this.#evaluator.state(id)?.last,
        }
      : undefined;
  }

  /** All health checks. */
  get healthChecks(): HealthCheckNow[] {
    return this.#evaluator.ids.map(id => ({ id, ...this.healthCheck(id)! }));
  }

  async #read(): Promise<void> {
    try {
      const world = await this.#readWorld();
      this.#balancers = world.balancers;
      this.#options.onWorld(world);
      this.#zones = await this.#reader.zones();
      await this.#evaluator.look(await this.#reader.healthChecks(), new Date());
      this.#keep();
      this.#options.onRead();
    } catch (error) {
      this.#options.onError(error);
    }
  }

  async #readWorld(): Promise<EmulatedWorld> {
    const answered = await fetch(`${this.#options.endpoint}/_slipway/world`, {
      signal: AbortSignal.timeout(READ_TIMEOUT_MS),
    });
    if (!answered.ok) {
      throw new Error(`The emulator answered ${answered.status}`);
    }
    return (await answered.json()) as EmulatedWorld;
  }

  #keep(): void {
    const states = JSON.stringify(this.#evaluator.states);
    if (states !== this.#kept) {
      writeStateFile(this.#options.stateFile, this.#evaluator.states);
      this.#kept = states;
    }
  }

  #zoneOf(name: string): Zone | undefined {
    const asked = normalName(name);
    return this.#zones
      .filter(zone => asked === zone.name || asked.endsWith(`.${zone.name}`))
      .sort((left, right) => right.name.length - left.name.length)[0];
  }

  #answers(name: string): boolean | undefined {
    return answers(name, this.#balancers, this.#options.isDark);
  }

  #context(
    zone: Zone,
    client: RoutingContext['client'],
    draw: number,
  ): RoutingContext {
    return {
      records: zone.records,
      isHealthy: id => this.#evaluator.isHealthy(id),
      targetServes: target => this.#answers(target) ?? true,
      client,
      draw,
    };
  }

  #canonicalName(name: string): string {
    let current = name;
    for (let followed = 0; followed < MOST_NAMES_FOLLOWED; followed++) {
      const found = this.resolve(current, 'A', {}, 0);
      if (!found?.alias) {
        return found?.values[0] ?? current;
      }
      current = found.alias;
    }
    return current;
  }
}

function readKept(file: string): Record<string, CheckState> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, CheckState>;
  } catch {
    return {};
  }
}
