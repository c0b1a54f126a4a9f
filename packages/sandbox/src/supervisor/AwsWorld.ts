import path from 'node:path';
import { SandboxDns } from '../dns/SandboxDns';
import { EmulatorServer } from '../emulator/EmulatorServer';
import { FaultBook } from '../faults/FaultBook';
import { FisService } from '../fis/FisService';
import { CallRecorder } from '../gateway/CallRecorder';
import { Gateway } from '../gateway/Gateway';
import { healthCheckStatus } from '../gateway/healthCheckStatus';
import { ControlApi } from '../status/ControlApi';
import { SANDBOX_ACCOUNT } from './environment';
import type { PartStatus } from './types';

/** Options of {@link AwsWorld.start}. */
interface AwsWorldOptions {
  rootDir: string;
  dir: string;
  logDir: string;
  startedAt: string;
  gatewayPort: number;
  /** UDP; another free one is taken where it is not. */
  dnsPort: number;
  resourceSeconds?: number;
  faultSeed?: number;
  /** Record whole calls into this folder, for tests. */
  recordCalls?: string;
  /** Everything the sandbox runs, for the status page. */
  parts: () => PartStatus[];
  /** Told of what a person should know. */
  onMessage?: (message: string) => void;
}

/** AWS as the sandbox has it: the emulator, our gateway in front of it, and Route 53's data plane beside it. */
export class AwsWorld {
  readonly emulator: EmulatorServer;
  readonly gateway: Gateway;
  readonly dns: SandboxDns;

  static async start(options: AwsWorldOptions): Promise<AwsWorld> {
    const { dir, logDir } = options;
    const emulator = await EmulatorServer.start({
      rootDir: options.rootDir,
      stateDir: dir,
      logDir,
      resourceSeconds: options.resourceSeconds,
    });
    const emulatorUrl = `http://127.0.0.1:${emulator.port}`;
    const faults = new FaultBook(options.faultSeed);
    const world: { gateway?: Gateway; dns?: SandboxDns } = {};
    try {
      const control = new ControlApi({
        startedAt: options.startedAt,
        dir,
        faults,
        emulatorUrl,
        parts: options.parts,
        calls: () => world.gateway!.calls,
      });
      world.gateway = await Gateway.start({
        port: options.gatewayPort,
        emulatorPort: emulator.port,
        defaultAccount: SANDBOX_ACCOUNT,
        faults,
        callLogFile: path.join(logDir, 'aws-calls.jsonl'),
        control: control.handle,
        recorder: options.recordCalls
          ? new CallRecorder(options.recordCalls)
          : undefined,
        services: {
          fis: new FisService(faults, path.join(dir, 'fis.json')).answer,
          route53: healthCheckStatus(() => world.dns),
        },
      });
      world.dns = await startDns(options, emulatorUrl, region =>
        faults
          .list()
          .some(
            ({ effect, match }) =>
              effect.kind === 'dark' &&
              match.service === undefined &&
              (match.region ?? region) === region,
          ),
      );
    } catch (error) {
      await world.gateway?.stop();
      await emulator.stop();
      throw error;
    }
    return new AwsWorld(emulator, world.gateway, world.dns);
  }

  private constructor(
    emulator: EmulatorServer,
    gateway: Gateway,
    dns: SandboxDns,
  ) {
    this.emulator = emulator;
    this.gateway = gateway;
    this.dns = dns;
  }

  /** What it consists of, for the status. */
  get parts(): PartStatus[] {
    const log = (name: string) =>
      path.join(path.dirname(this.gateway.calls.file), name);
    return [
      {
        name: 'emulator',
        pid: this.emulator.pid,
        port: this.emulator.port,
        state: 'running',
        logFile: log('emulator.log'),
      },
      {
        name: 'gateway',
        pid: process.pid,
        port: this.gateway.port,
        url: this.gateway.url,
        state: 'running',
        logFile: this.gateway.calls.file,
      },
      {
        name: 'dns',
        pid: process.pid,
        port: this.dns.port,
        state: 'running',
      },
    ];
  }

  /** Ends what stands in front first, so that no call meets a closed door. */
  async stop(): Promise<void> {
    await this.gateway.stop();
    await this.dns.stop();
    await this.emulator.stop();
  }
}

async function startDns(
  options: AwsWorldOptions,
  endpoint: string,
  isDark: (region: string) => boolean,
): Promise<SandboxDns> {
  let wasTold = false;
  const start = (port: number) =>
    SandboxDns.start({
      endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      isDark,
      port,
      onError: error => {
        if (!wasTold) {
          wasTold = true;
          options.onMessage?.(
            `DNS answers from what it knew: ${(error as Error).message}`,
          );
        }
      },
    });
  try {
    return await start(options.dnsPort);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
      throw error;
    }
    return start(0);
  }
}
