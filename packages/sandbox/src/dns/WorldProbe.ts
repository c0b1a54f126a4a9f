import net from 'node:net';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
} from '@aws-sdk/client-cloudwatch';
import type { HealthCheckConfig } from '@aws-sdk/client-route-53';
import type { HealthProbe, Observation } from './healthChecks';

const LOOK_TIMEOUT_MS = 4_000;
/** A bucket as part of a host name of S3. */
const BUCKET_NAME = /^(.+)\.s3[.-][a-z0-9-]+\.amazonaws\.com$/;
const HEALTHY_STATUS = /^[23]\d\d$/;

function isHere(host: string): boolean {
  return host === 'localhost' || /^127\.|^::1$/.test(host);
}

type Look = Omit<Observation, 'checkedAt'>;

async function connect(host: string, port: number): Promise<Look> {
  return new Promise(resolve => {
    const socket = net.connect({ host, port, timeout: LOOK_TIMEOUT_MS });
    const end = (look: Look) => {
      socket.destroy();
      resolve(look);
    };
    socket.once('connect', () => end({ healthy: true, status: 'Success' }));
    socket.once('timeout', () =>
      end({ healthy: false, status: 'Failure: Connection timed out.' }),
    );
    socket.once('error', error =>
      end({ healthy: false, status: `Failure: ${error.message}` }),
    );
  });
}

async function request(url: string, search?: string): Promise<Look> {
  try {
    const answer = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(LOOK_TIMEOUT_MS),
    });
    const body = search ? await answer.text() : '';
    if (!search) {
      // A body that is neither read nor refused keeps its connection.
      await answer.body?.cancel();
    }
    const healthy =
      HEALTHY_STATUS.test(`${answer.status}`) && body.includes(search ?? '');
    return {
      healthy,
      status: `${healthy ? 'Success' : 'Failure'}: HTTP Status Code ${
        answer.status
      }`,
    };
  } catch (error) {
    return { healthy: false, status: `Failure: ${(error as Error).message}` };
  }
}

/**
 * How the sandbox's health checkers see the world: addresses on this machine are really asked; a name in an AWS region
 * answers while it has power (see {@link answers}), a bucket with the object that is asked for; any other name cannot be
 * reached from here and says so.
 */
export class WorldProbe implements HealthProbe {
  readonly #answers: (hostName: string) => boolean | undefined;
  readonly #isDark: (region: string) => boolean;
  readonly #cloudWatch: (region: string) => CloudWatchClient;
  /** The other name that a name stands for in the sandbox's own zones. */
  readonly #canonical: (name: string) => string;
  readonly #endpoint: string;

  constructor(options: {
    /** Whether what stands behind an AWS name answers; undefined for any other name. */
    answers: (hostName: string) => boolean | undefined;
    isDark: (region: string) => boolean;
    cloudWatch: (region: string) => CloudWatchClient;
    canonical: (name: string) => string;
    /** The emulator, which has the objects of S3. */
    endpoint: string;
  }) {
    this.#answers = options.answers;
    this.#isDark = options.isDark;
    this.#cloudWatch = options.cloudWatch;
    this.#canonical = options.canonical;
    this.#endpoint = options.endpoint;
  }

  async endpoint(config: HealthCheckConfig): Promise<Look> {
    const asked = config.IPAddress ?? config.FullyQualifiedDomainName ?? '';
    const host = this.#canonical(asked).replace(/\.$/, '');
    const scheme = config.Type!.startsWith('HTTPS') ? 'https' : 'http';
    const port = config.Port ?? (scheme === 'https' ? 443 : 80);
    if (isHere(host)) {
      return config.Type === 'TCP'
        ? connect(host, port)
        : request(
            `${scheme}://${host}:${port}${config.ResourcePath ?? '/'}`,
            config.SearchString,
          );
    }
    const isUp = this.#answers(host);
    if (isUp === undefined) {
      return {
        healthy: false,
        status: `Failure: ${host} cannot be reached from the sandbox.`,
      };
    }
    const bucket = BUCKET_NAME.exec(host)?.[1];
    if (isUp && bucket) {
      const path = config.ResourcePath ?? '/';
      return request(`${this.#endpoint}/${bucket}${path}`, config.SearchString);
    }
    return isUp
      ? { healthy: true, status: 'Success: HTTP Status Code 200, OK' }
      : { healthy: false, status: 'Failure: Connection timed out.' };
  }

  /** CloudWatch in the dark tells nothing. */
  async alarm(region: string, name: string): Promise<string> {
    if (this.#isDark(region)) {
      return 'INSUFFICIENT_DATA';
    }
    const { MetricAlarms = [] } = await this.#cloudWatch(region).send(
      new DescribeAlarmsCommand({ AlarmNames: [name] }),
    );
    return MetricAlarms[0]?.StateValue ?? 'INSUFFICIENT_DATA';
  }
}
