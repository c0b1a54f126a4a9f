import dgram from 'node:dgram';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { Route53Client } from '@aws-sdk/client-route-53';
import packet from 'dns-packet';
import { HealthCheckEvaluator, type Observation } from './healthChecks';
import { Route53Reader, type Zone } from './Route53Reader';
import {
  answer,
  normalName,
  type DnsAnswer,
  type RoutingContext,
} from './routing';
import { regionOf, WorldProbe } from './WorldProbe';

const READ_EVERY_MS = 1_000;
const MOST_NAMES_FOLLOWED = 8;

/** Settings of the DNS. */
export interface SandboxDnsOptions {
  /** The emulator itself, not the gateway: Route 53's data plane goes on while its control plane is dark. */
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  isDark: (region: string) => boolean;
  /** UDP port on loopback; 0 takes a free one. */
  port: number;
  /** Told of a read of the control plane that failed; the DNS goes on with what it knew. */
  onError: (error: unknown) => void;
}

/**
 * Route 53's data plane: DNS over UDP on loopback from the hosted zones, and the health checks behind it.
 * A question's EDNS client is not read; the status page and {@link SandboxDns.resolve} take the client's place.
 */
export class SandboxDns {
  #zones: Zone[] = [];
  readonly #socket = dgram.createSocket('udp4');
  readonly #evaluator: HealthCheckEvaluator;
  readonly #reader: Route53Reader;
  readonly #options: SandboxDnsOptions;
  #reading: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: SandboxDnsOptions) {
    this.#options = options;
    const { endpoint, credentials } = options;
    const client = { endpoint, credentials, maxAttempts: 1 };
    this.#reader = new Route53Reader(
      new Route53Client({ ...client, region: 'us-east-1' }),
    );
    const cloudWatches = new Map<string, CloudWatchClient>();
    this.#evaluator = new HealthCheckEvaluator(
      new WorldProbe({
        isDark: options.isDark,
        canonical: name => this.#canonicalName(name),
        cloudWatch: region => {
          const known = cloudWatches.get(region);
          const made = known ?? new CloudWatchClient({ ...client, region });
          cloudWatches.set(region, made);
          return made;
        },
      }),
    );
  }

  static async start(options: SandboxDnsOptions): Promise<SandboxDns> {
    const dns = new SandboxDns(options);
    dns.#socket.on('message', (message, from) => dns.#reply(message, from));
    await new Promise<void>((resolve, reject) => {
      dns.#socket.once('error', reject);
      dns.#socket.bind(options.port, '127.0.0.1', resolve);
    });
    await dns.#read();
    dns.#timer = setInterval(() => {
      dns.#reading ??= dns.#read().finally(() => {
        dns.#reading = undefined;
      });
    }, READ_EVERY_MS);
    return dns;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reading;
    await new Promise<void>(resolve => this.#socket.close(resolve));
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
    const state = this.#evaluator.state(id);
    return (
      state && { healthy: this.#evaluator.isHealthy(id), last: state.last }
    );
  }

  async #read(): Promise<void> {
    try {
      this.#zones = await this.#reader.zones();
      await this.#evaluator.look(await this.#reader.healthChecks(), new Date());
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #zoneOf(name: string): Zone | undefined {
    const asked = normalName(name);
    return this.#zones
      .filter(zone => asked === zone.name || asked.endsWith(`.${zone.name}`))
      .sort((left, right) => right.name.length - left.name.length)[0];
  }

  #context(
    zone: Zone,
    client: RoutingContext['client'],
    draw: number,
  ): RoutingContext {
    return {
      records: zone.records,
      isHealthy: id => this.#evaluator.isHealthy(id),
      targetServes: target => {
        const region = regionOf(target);
        return !region || !this.#options.isDark(region);
      },
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

  #reply(message: Buffer, from: dgram.RemoteInfo): void {
    let query: packet.DecodedPacket;
    try {
      query = packet.decode(message);
    } catch {
      return;
    }
    const [question] = query.questions ?? [];
    if (!question) {
      return;
    }
    const found = this.resolve(question.name, question.type);
    const NXDOMAIN = 3;
    const reply = packet.encode({
      type: 'response',
      id: query.id,
      flags: packet.AUTHORITATIVE_ANSWER | (found ? 0 : NXDOMAIN),
      questions: [question],
      answers: found ? toAnswers(question.name, question.type, found) : [],
    });
    this.#socket.send(reply, from.port, from.address);
  }
}

function toAnswers(
  name: string,
  type: string,
  { alias, values, ttlSeconds: ttl }: DnsAnswer,
): packet.Answer[] {
  const withoutDot = (text: string) => text.replace(/\.$/, '');
  if (alias) {
    return [{ type: 'CNAME', name, ttl, data: withoutDot(alias) }];
  }
  if (type === 'A' || type === 'AAAA') {
    return values.map(data => ({ type, name, ttl, data }));
  }
  if (type === 'CNAME' || type === 'NS' || type === 'PTR') {
    return values.map(data => ({ type, name, ttl, data: withoutDot(data) }));
  }
  if (type === 'TXT') {
    const unquoted = (text: string) => text.replace(/^"|"$/g, '');
    return values.map(data => ({ type, name, ttl, data: [unquoted(data)] }));
  }
  return [];
}
