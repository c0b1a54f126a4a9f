import { rmSync } from 'node:fs';
import path from 'node:path';
import { Sandbox } from '@slipway/sandbox';
import { BareToolkit } from '../bareToolkit/BareToolkit';
import { Backend } from './Backend';
import { ROOT_DIR } from './ChildProgram';
import { PortalClient } from './PortalClient';

const BENCH_DIR = path.join(ROOT_DIR, '.local/bench');
const STOCK_DIR = path.join(ROOT_DIR, 'bench/stockBackend');

interface Stoppable {
  stop(): Promise<void>;
}

/** A sandbox of the bench's own, with an empty database and an empty AWS, and the programs that are measured in it. */
export class BenchWorld {
  readonly #sandbox: Sandbox;
  readonly #running = new Set<Stoppable>();

  static async start(say: (line: string) => void): Promise<BenchWorld> {
    const sandbox = Sandbox.create({
      parts: ['postgres', 'aws'],
      dir: BENCH_DIR,
      ports: { postgres: 0, aws: 0, backend: 0, app: 0, dns: 0 },
      onMessage: say,
    });
    rmSync(BENCH_DIR, { recursive: true, force: true });
    await sandbox.start();
    return new BenchWorld(sandbox);
  }

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  get awsUrl(): string {
    return this.#sandbox.awsUrl!;
  }

  /** Behind the gateway. */
  get emulatorUrl(): string {
    const { port } = this.#sandbox.parts.find(
      ({ name }) => name === 'emulator',
    )!;
    return `http://127.0.0.1:${port}`;
  }

  get postgresUrl(): string {
    return this.#sandbox.postgresUrl!;
  }

  /** A fresh process of the portal's back end; its database stays between them. */
  async startPortal(): Promise<{ backend: Backend; portal: PortalClient }> {
    const backend = await this.#keep(
      Backend.start({
        name: 'portal',
        entry: path.join(ROOT_DIR, 'packages/backend/src/index.ts'),
        cwd: path.join(ROOT_DIR, 'packages/backend'),
        env: this.#environment,
        logDir: this.#logDir,
      }),
    );
    const portal = await PortalClient.signIn(backend.url, 'maya');
    await portal.untilCatalogIsThere();
    return { backend, portal };
  }

  /** The back end that `@backstage/create-app` makes. */
  startStock(): Promise<Backend> {
    return this.#keep(
      Backend.start({
        name: 'stock',
        entry: path.join(STOCK_DIR, 'index.ts'),
        args: ['--config', path.join(STOCK_DIR, 'app-config.yaml')],
        cwd: path.join(ROOT_DIR, 'packages/backend'),
        env: this.#environment,
        logDir: this.#logDir,
      }),
    );
  }

  startBareToolkit(): Promise<BareToolkit> {
    return this.#keep(
      BareToolkit.start({ env: this.#environment, logDir: this.#logDir }),
    );
  }

  /** Ends one program. */
  async end(program: Stoppable): Promise<void> {
    this.#running.delete(program);
    await program.stop();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running].map(program => this.end(program)));
    await this.#sandbox.stop();
  }

  get #logDir(): string {
    return path.join(BENCH_DIR, 'logs');
  }

  /** None of the settings that lead to somebody's own account or database. */
  get #environment(): NodeJS.ProcessEnv {
    return {
      ...Object.fromEntries(
        Object.entries(process.env).filter(
          ([name]) => !/^(AWS_|APP_CONFIG_|POSTGRES_|NODE_OPTIONS$)/.test(name),
        ),
      ),
      ...this.#sandbox.environment,
    };
  }

  async #keep<T extends Stoppable>(starting: Promise<T>): Promise<T> {
    const program = await starting;
    this.#running.add(program);
    return program;
  }
}
