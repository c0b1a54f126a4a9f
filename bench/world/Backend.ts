import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ChildProgram } from './ChildProgram';

const READY_SECONDS = 240;

/** In bytes. */
export interface Memory {
  rss: number;
  heapUsed: number;
  external: number;
}

export interface BackendOptions {
  name: string;
  entry: string;
  args?: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logDir: string;
}

/** A Backstage back end in a process of its own. */
export class Backend {
  readonly url: string;
  readonly #program: ChildProgram;

  /** Resolves when it says of itself that it is ready. */
  static async start(options: BackendOptions): Promise<Backend> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const program = ChildProgram.start({
      ...options,
      env: {
        ...options.env,
        NODE_ENV: 'development',
        APP_CONFIG_backend_baseUrl: JSON.stringify(url),
        APP_CONFIG_backend_listen_host: JSON.stringify('127.0.0.1'),
        APP_CONFIG_backend_listen_port: `${port}`,
      },
      preload: [require.resolve('./memoryProbe.cjs')],
    });
    const backend = new Backend(program, url);
    try {
      await Promise.race([backend.#untilReady(), program.endedEarly()]);
    } catch (error) {
      await program.stop();
      throw error;
    }
    return backend;
  }

  private constructor(program: ChildProgram, url: string) {
    this.#program = program;
    this.url = url;
  }

  get pid(): number {
    return this.#program.pid;
  }

  memory(options: { afterCollection: boolean }): Promise<Memory> {
    return this.#program.ask<Memory>(options);
  }

  stop(): Promise<void> {
    return this.#program.stop();
  }

  async #untilReady(): Promise<void> {
    const until = Date.now() + READY_SECONDS * 1000;
    while (Date.now() < until) {
      const answer = await fetch(
        `${this.url}/.backstage/health/v1/readiness`,
      ).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
      await delay(200);
    }
    throw new Error(`${this.url} was not ready after ${READY_SECONDS} s`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
