import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { KubernetesWorld } from '../kubernetes/KubernetesWorld';
import { freePort } from '../processes/ports';
import { ROOT_DIR } from '../rootDir';
import { Trouble } from '../Trouble';
import type { WorldPart } from '../world/WorldPart';
import { DEFINITIONS } from './parts';
import type { PartContext, Services, Stoppable } from './parts/PartDefinition';
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
  readonly #services: Services = {};
  readonly #provided: Record<string, string> = {};
  readonly #recordTrouble = new Trouble(reason =>
    this.#options.onMessage?.(
      `What runs could not be written down, so script/sandbox may tell what was before: ${reason}`,
    ),
  );
  #isStopping = false;
  #started?: Promise<void>;
  #stopped?: Promise<void>;

  static create(options: SandboxOptions = {}): Sandbox {
    return new Sandbox(options);
  }

  private constructor(options: SandboxOptions) {
    this.#options = options;
    this.#dir = path.resolve(options.dir ?? path.join(ROOT_DIR, '.local'));
    this.#runFile = new RunFile(this.#dir);
  }

  /** What a program needs to use the sandbox's parts, and where the portal is. */
  get environment(): Record<string, string> {
    return { ...this.#provided, ...this.#options.env };
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
    return this.#services.aws?.gateway.url;
  }

  /** The systems in AWS and what state they are in; undefined without the part `world`. */
  get world(): WorldPart | undefined {
    return this.#services.world;
  }

  /** The clusters; undefined without the part `kubernetes`, or where there can be none. */
  get kubernetes(): KubernetesWorld | undefined {
    return this.#services.kubernetes;
  }

  /** Address of Prometheus; undefined without the part `prometheus`, or where it is not installed. */
  get prometheusUrl(): string | undefined {
    return this.#services.prometheus?.url;
  }

  /** A `postgres://` URL, password included. */
  get postgresUrl(): string | undefined {
    return this.#services.postgres?.url;
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
    for (const name of Object.keys(DEFAULT_PORTS) as (keyof SandboxPorts)[]) {
      const preferred = this.#options.ports?.[name] ?? DEFAULT_PORTS[name];
      // A UDP port shows only when it is opened whether it is free.
      this.#ports[name] =
        name === 'dns' ? preferred : await freePort(preferred);
    }
    await this.#startParts();
  }

  /** Each part starts when those that it needs are up, and is left out when one of the others has failed. */
  async #startParts(): Promise<void> {
    const wanted = this.#options.parts ?? PARTS;
    const context = this.#context();
    const starting = new Map<Part, Promise<void>>();
    const start = (part: Part): Promise<void> => {
      const { needs, start: startPart } = DEFINITIONS[part];
      const begin = async () => {
        await Promise.all(
          needs(this.#options)
            .filter(need => wanted.includes(need))
            .map(start),
        );
        if (!this.#isStopping) {
          await startPart(context);
        }
      };
      const known = starting.get(part) ?? this.#orStop(begin());
      starting.set(part, known);
      return known;
    };
    const results = await Promise.allSettled(wanted.map(start));
    for (const result of results) {
      if (result.status === 'rejected') {
        throw result.reason;
      }
    }
  }

  /** When one part fails, the others need not come up any more. */
  async #orStop(starting: Promise<void>): Promise<void> {
    try {
      await starting;
    } catch (error) {
      if (!this.#isStopping) {
        this.stop();
        throw error;
      }
    }
  }

  /** What parts are told and may ask for; it follows what changes. */
  #context(): PartContext {
    return {
      options: this.#options,
      dir: this.#dir,
      logDir: path.join(this.#dir, 'logs'),
      startedAt: this.#startedAt,
      ports: this.#ports,
      services: this.#services,
      environment: () => this.environment,
      parts: () => this.parts,
      provide: environment => {
        Object.assign(this.#provided, environment);
      },
      add: (status, part) => this.#add(status, part),
      changed: () => this.#recordChange(),
      markReady: status => this.#markReady(status),
      say: message => this.#options.onMessage?.(message),
    };
  }

  #add(status: PartStatus, part: Stoppable): void {
    this.#running.push({ status, stop: () => part.stop() });
    this.#recordChange();
    if (status.state === 'running') {
      this.#tell(status);
    }
    part.ended?.then(end => {
      status.state = 'ended';
      if (!this.#isStopping) {
        this.#recordChange();
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
    this.#recordChange();
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

  /** What runs goes on, whether or not it can be written down. */
  #recordChange(): void {
    this.#recordTrouble.attempt(() => this.#record());
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
