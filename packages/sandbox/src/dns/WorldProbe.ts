import net from 'node:net';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
} from '@aws-sdk/client-cloudwatch';
import type { HealthCheckConfig } from '@aws-sdk/client-route-53';
import type { HealthProbe, Observation } from './healthChecks';

const LOOK_TIMEOUT_MS = 4_000;
const HEALTHY_STATUS = /^[23]\d\d$/;
const REGION_IN_NAME =
  /(?:^|[.-])((?:us|eu|ap|sa|ca|me|af|il|mx)(?:-gov)?-[a-z]+-\d)(?=\.|$)/;

/** The region that an AWS host name says it is in. */
export function regionOf(hostName: string): string | undefined {
  return REGION_IN_NAME.exec(hostName.toLowerCase().replace(/\.$/, ''))?.[1];
}

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
 * answers while that region is up; any other name cannot be reached from here and says so.
 */
export class WorldProbe implements HealthProbe {
  readonly #isDark: (region: string) => boolean;
  readonly #cloudWatch: (region: string) => CloudWatchClient;
  /** The other name that a name stands for in the sandbox's own zones. */
  readonly #canonical: (name: string) => string;

  constructor(options: {
    isDark: (region: string) => boolean;
    cloudWatch: (region: string) => CloudWatchClient;
    canonical: (name: string) => string;
  }) {
    this.#isDark = options.isDark;
    this.#cloudWatch = options.cloudWatch;
    this.#canonical = options.canonical;
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
    const region = regionOf(host);
    if (!region) {
      return {
        healthy: false,
        status: `Failure: ${host} cannot be reached from the sandbox.`,
      };
    }
    return this.#isDark(region)
      ? { healthy: false, status: 'Failure: Connection timed out.' }
      : { healthy: true, status: 'Success: HTTP Status Code 200, OK' };
  }

  async alarm(region: string, name: string): Promise<string> {
    const { MetricAlarms = [] } = await this.#cloudWatch(region).send(
      new DescribeAlarmsCommand({ AlarmNames: [name] }),
    );
    return MetricAlarms[0]?.StateValue ?? 'INSUFFICIENT_DATA';
  }
}
