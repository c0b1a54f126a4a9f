import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PostgresServer } from '../postgres/PostgresServer';
import type { ProcessEnd } from '../processes/GuardedProcess';
import { freePort } from '../processes/ports';
import { ROOT_DIR } from '../rootDir';
import { AppServer } from './AppServer';
import { AwsWorld } from './AwsWorld';
import {
  awsEnvironment,
  portalEnvironment,
  postgresEnvironment,
  withoutForeignSettings,
} from './environment';
import { appIsReady, backendIsReady, startApp, startBackend } from './portal';
import { RunFile } from './runFile';
import {
  DEFAULT_PORTS,
  type Part,
  PARTS,
  type PartStatus,
  type SandboxOptions,
  type SandboxPorts,
} from './types';

interface Running {
  status: PartStatus;
  stop(): Promise<void>;
}

/** Everything the portal needs on one machine, as one thing to start and stop. */
export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #dir: string;
  readonly #runFile: RunFile;
  readonly #startedAt = new Date().toISOString();
  readonly #running: Running[] = [];
  readonly #ports: SandboxPorts = { ...DEFAULT_PORTS };
  #isStopping = false;
  #started?: Promise<void>;
  #stopped?: Promise<void>;
  #postgres?: PostgresServer;
  #aws?: AwsWorld;

  static create(options: SandboxOptions = {}): Sandbox {
    return new Sandbox(options);
  }

  private constructor(options: SandboxOptions) {
    this.#options = options;
    this.#dir = path.resolve(options.dir ?? path.join(ROOT_DIR, '.local'));
    this.#runFile = new RunFile(this.#dir);
  }

  /** What a program needs to use the sandbox's database and AWS, and where the portal is. */
  get environment(): Record<string, string> {
    return {
      ...(this.#postgres && postgresEnvironment(this.#postgres.connection)),
      ...(this.#aws && awsEnvironment(this.#aws.gateway.url)),
      ...this.#options.env,
    };
  }

  /** Address of the portal's pages. */
  get appUrl(): string {
    return `http://localhost:${this.#ports.app}`;
  }

  /** Address of the portal's API. */
  get backendUrl(): string {
    return `http://localhost:${this.#ports.backend}`;
  }

  /** Address of the gateway in front of AWS. */
  get awsUrl(): string | undefined {
    return this.#aws?.gateway.url;
  }

  /** A `postgres://` URL, password included. */
  get postgresUrl(): string | undefined {
    return this.#postgres?.url;
  }

  /** What runs, in the order it was started. */
  get parts(): PartStatus[] {
    return this.#running.map(({ status }) => status);
  }

  /**
   * Starts the parts and resolves when all of them are ready. When one cannot be started, the others are ended and the
   * error says which one and why.
   */
  async start(): Promise<void> {
    this.#started ??= this.#startAll();
    try {
      await this.#started;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Ends everything in the reverse order of its start; resolves when no process is left. */
  stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    // App and back end first, at the same time: only then nobody needs the others any more.
    const endPortal = () =>
      Promise.all(
        this.#running
          .filter(({ status }) => isPortal(status))
          .map(part => part.stop()),
      );
    await endPortal();
    await this.#started?.catch(() => {});
    await endPortal();
    for (const part of this.#running
      .filter(({ status }) => !isPortal(status))
      .reverse()) {
      await part.stop();
    }
    this.#runFile.removeOwn();
  }

  async #startAll(): Promise<void> {
    mkdirSync(this.#dir, { recursive: true });
    const other = this.#runFile.readRunning();
    if (other) {
      throw new Error(
        `A sandbox with the state in ${this.#dir} runs already (pid ${
          other.pid
        }, since ${
          other.startedAt
        }). End it first, or use that one: script/sandbox status.`,
      );
    }
    await this.#runFile.endLeftovers();
    this.#record();
    this.#ports.dns = this.#options.ports?.dns ?? DEFAULT_PORTS.dns;
    for (const part of PARTS) {
      this.#ports[part] = await freePort(
        this.#options.ports?.[part] ?? DEFAULT_PORTS[part],
      );
    }
    const has = (part: Part) => (this.#options.parts ?? PARTS).includes(part);
    const isWatching = this.#options.watch ?? false;
    // The app's compilation takes longest and needs none of the others.
    const app = has('app') && isWatching ? this.#watchApp() : undefined;
    const others = (async () => {
      await Promise.all([
        has('postgres') && this.#startPostgres(),
        has('aws') && this.#startAws(),
      ]);
      if (has('backend') && !this.#isStopping) {
        await this.#startBackend();
      }
      if (has('app') && !isWatching && !this.#isStopping) {
        await this.#serveApp();
      }
    })();
    const results = await Promise.allSettled([
      this.#orStop(app),
      this.#orStop(others),
    ]);
    for (const result of results) {
      if (result.status === 'rejected') {
        throw result.reason;
      }
    }
  }

  /** When one part fails, the others need not come up any more. */
  async #orStop(starting: Promise<void> | undefined): Promise<void> {
    try {
      await starting;
    } catch (error) {
      if (!this.#isStopping) {
        this.stop();
        throw error;
      }
    }
  }

  async #startPostgres(): Promise<void> {
    const postgres = await PostgresServer.start({
      stateDir: this.#dir,
      logDir: this.#logDir,
      port: this.#ports.postgres,
      durable: this.#options.durable ?? true,
    });
    this.#postgres = postgres;
    this.#add(
      {
        name: 'postgres',
        pid: postgres.pid,
        port: postgres.connection.port,
        state: 'running',
        logFile: path.join(this.#logDir, 'postgres.log'),
      },
      postgres,
    );
  }

  async #startAws(): Promise<void> {
    const aws = await AwsWorld.start({
      rootDir: ROOT_DIR,
      dir: this.#dir,
      logDir: this.#logDir,
      startedAt: this.#startedAt,
      gatewayPort: this.#ports.aws,
      dnsPort: this.#ports.dns,
      resourceSeconds: this.#options.resourceSeconds,
      faultSeed: this.#options.faultSeed,
      parts: () => this.parts,
      onMessage: this.#options.onMessage,
    });
    this.#aws = aws;
    const [emulator, ...others] = aws.parts;
    this.#add(emulator, { stop: () => aws.stop(), ended: aws.emulator.ended });
    for (const part of others) {
      this.#add(part, { stop: async () => {} });
    }
  }

  async #startBackend(): Promise<void> {
    const port = this.#ports.backend;
    const guarded = await startBackend({ ...this.#portalOptions, port });
    const status: PartStatus = {
      name: 'backend',
      pid: guarded.pid,
      port,
      url: this.backendUrl,
      state: 'starting',
      logFile: path.join(this.#logDir, 'backend.log'),
    };
    this.#add(status, guarded);
    await guarded.untilReady(() => backendIsReady(port), 240);
    this.#markReady(status);
  }

  async #serveApp(): Promise<void> {
    const { app: port, backend: backendPort } = this.#ports;
    const server = await AppServer.start({ port, backendPort });
    const status: PartStatus = {
      name: 'app',
      pid: process.pid,
      port,
      url: this.appUrl,
      state: 'running',
    };
    if (!(await appIsReady(port))) {
      await server.stop();
      throw new Error(
        'The back end serves no pages: packages/app is not built. script/setup builds it.',
      );
    }
    this.#add(status, server);
  }

  async #watchApp(): Promise<void> {
    const port = this.#ports.app;
    const guarded = await startApp({ ...this.#portalOptions, port });
    const status: PartStatus = {
      name: 'app',
      pid: guarded.pid,
      port,
      url: this.appUrl,
      state: 'starting',
      logFile: path.join(this.#logDir, 'app.log'),
    };
    this.#add(status, guarded);
    await guarded.untilReady(() => appIsReady(port), 240);
    this.#markReady(status);
  }

  get #logDir(): string {
    return path.join(this.#dir, 'logs');
  }

  get #portalOptions() {
    return {
      rootDir: ROOT_DIR,
      logDir: this.#logDir,
      watch: this.#options.watch ?? false,
      env: {
        ...withoutForeignSettings(process.env),
        ...awsEnvironment(`http://127.0.0.1:${this.#ports.aws}`),
        ...portalEnvironment(this.#ports),
        ...this.environment,
      },
    };
  }

  #add(
    status: PartStatus,
    part: { stop(): Promise<void>; ended?: Promise<ProcessEnd> },
  ): void {
    this.#running.push({ status, stop: () => part.stop() });
    this.#record();
    if (status.state === 'running') {
      this.#tell(status);
    }
    part.ended?.then(end => {
      status.state = 'ended';
      if (!this.#isStopping) {
        this.#record();
        this.#options.onMessage?.(
          `${status.name} ended by itself (${
            end.signal ?? `code ${end.code}`
          }); see ${status.logFile}. The other parts go on; Ctrl-C ends them.`,
        );
      }
    });
  }

  #markReady(status: PartStatus): void {
    status.state = 'running';
    this.#record();
    this.#tell(status);
  }

  #tell(status: PartStatus): void {
    const seconds = (Date.now() - Date.parse(this.#startedAt)) / 1000;
    this.#options.onMessage?.(
      `${status.name.padEnd(9)} ready after ${seconds.toFixed(
        1,
      )} s on 127.0.0.1:${status.port}`,
    );
  }

  #record(): void {
    if (!this.#isStopping) {
      this.#runFile.write(
        {
          startedAt: this.#startedAt,
          gatewayUrl: this.awsUrl,
          environment: this.environment,
        },
        this.parts,
      );
    }
  }
}

function isPortal(status: PartStatus): boolean {
  return status.name === 'backend' || status.name === 'app';
}
