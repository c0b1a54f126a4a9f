import path from 'node:path';
import { SandboxDns } from '../dns/SandboxDns';
import { EmulatorServer } from '../emulator/EmulatorServer';
import { isRegionDark } from '../faults/darkness';
import { EmulatorLink } from '../faults/EmulatorLink';
import { FaultBook } from '../faults/FaultBook';
import { FisService } from '../fis/FisService';
import { CallRecorder } from '../gateway/CallRecorder';
import { Gateway } from '../gateway/Gateway';
import { healthCheckStatus } from '../gateway/healthCheckStatus';
import { ControlApi } from '../status/ControlApi';
import { Trouble } from '../Trouble';
import type { WorldView } from '../world/types';
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
  /** What is dark, and everything else that is wrong on purpose. */
  readonly faults: FaultBook;
  /** The systems in it, for the status; undefined without them. */
  systems?: WorldView;
  readonly #fis: FisService;
  readonly #link: EmulatorLink;

  static async start(options: AwsWorldOptions): Promise<AwsWorld> {
    const { dir, logDir } = options;
    const emulator = await EmulatorServer.start({
      rootDir: options.rootDir,
      stateDir: dir,
      logDir,
      resourceSeconds: options.resourceSeconds,
    });
    const emulatorUrl = `http://127.0.0.1:${emulator.port}`;
    const faults = new FaultBook({
      seed: options.faultSeed,
      file: path.join(dir, 'faults.json'),
    });
    const begun: Array<{ stop(): unknown }> = [emulator, faults];
    const world: {
      gateway?: Gateway;
      dns?: SandboxDns;
      started?: AwsWorld;
    } = {};
    try {
      const link = await EmulatorLink.start(emulatorUrl, faults);
      begun.push(link);
      const fisFile = path.join(dir, 'fis.json');
      const fis = new FisService(faults, fisFile, emulatorUrl, reason =>
        options.onMessage?.(
          `Experiments go on, but could not be written down: ${reason}`,
        ),
      );
      begun.push(fis);
      const control = new ControlApi({
        startedAt: options.startedAt,
        dir,
        faults,
        link,
        onReset: () => fis.reset(),
        emulatorUrl,
        parts: options.parts,
        calls: () => world.gateway!.calls,
        dns: () => world.dns,
        world: () => world.started?.systems?.current(),
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
          fis: fis.answer,
          route53: healthCheckStatus(() => world.dns),
        },
      });
      begun.push(world.gateway);
      world.dns = await startDns(options, emulatorUrl, faults, link);
      const on = faults.list().length;
      if (on > 0) {
        options.onMessage?.(
          `Faults that are still on: ${on}. script/sandbox status names them, script/sandbox clear ends them.`,
        );
      }
      world.started = new AwsWorld(
        emulator,
        world.gateway,
        world.dns,
        faults,
        fis,
        link,
      );
      return world.started;
    } catch (error) {
      for (const part of begun.reverse()) {
        await part.stop();
      }
      throw error;
    }
  }

  private constructor(
    emulator: EmulatorServer,
    gateway: Gateway,
    dns: SandboxDns,
    faults: FaultBook,
    fis: FisService,
    link: EmulatorLink,
  ) {
    this.emulator = emulator;
    this.gateway = gateway;
    this.dns = dns;
    this.faults = faults;
    this.#fis = fis;
    this.#link = link;
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
    await this.#fis.stop();
    await this.dns.stop();
    this.faults.stop();
    await this.#link.stop();
    await this.emulator.stop();
  }
}

async function startDns(
  options: AwsWorldOptions,
  endpoint: string,
  faults: FaultBook,
  link: EmulatorLink,
): Promise<SandboxDns> {
  const trouble = new Trouble(reason =>
    options.onMessage?.(`DNS answers from what it knew: ${reason}`),
  );
  const start = (port: number) =>
    SandboxDns.start({
      endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      isDark: region => isRegionDark(faults.darkness(), region),
      port,
      stateFile: path.join(options.dir, 'health-checks.json'),
      onWorld: ({ darkness }) => {
        link.compare(darkness);
      },
      onRead: () => trouble.over(),
      onError: error => trouble.met(error),
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
