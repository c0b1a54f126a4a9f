import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PortalClient } from '../../../bench/world/PortalClient';
import { ROOT } from '../../support/portal';

const READY_SECONDS = 120;
const GRACE_SECONDS = 20;

interface BackEndOptions {
  /** Names its log, which goes on over restarts. */
  name: string;
  logDir: string;
  env: NodeJS.ProcessEnv;
}

/** One process of the portal's back end, from source, on a free port. */
export class BackEnd {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #portal: PortalClient | undefined;

  /** Resolves when it is ready and maya is signed in. */
  static async start(options: BackEndOptions): Promise<BackEnd> {
    mkdirSync(options.logDir, { recursive: true });
    const logFile = path.join(options.logDir, `${options.name}.log`);
    const log = openSync(logFile, 'a');
    const url = `http://localhost:${await freePort()}`;
    const child = spawn(
      process.execPath,
      [
        '--enable-source-maps',
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        'src/index',
      ],
      {
        cwd: path.join(ROOT, 'packages/backend'),
        stdio: ['ignore', log, log],
        env: {
          ...options.env,
          NODE_ENV: 'development',
          APP_CONFIG_app_disableStaticFallbackCache: 'true',
          APP_CONFIG_backend_baseUrl: JSON.stringify(url),
          APP_CONFIG_backend_listen_port: new URL(url).port,
        },
      },
    );
    const backEnd = new BackEnd(options.name, child);
    try {
      await backEnd.#untilReady(url, logFile);
      backEnd.#portal = await PortalClient.signIn(url, 'maya');
      await backEnd.#portal.untilCatalogIsThere();
      return backEnd;
    } catch (error) {
      await backEnd.kill();
      throw error;
    }
  }

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#child = child;
    this.#exited = once(child, 'exit');
    const killAtOnce = () => child.kill('SIGKILL');
    process.once('exit', killAtOnce);
    this.#exited.then(() => process.off('exit', killAtOnce));
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Its HTTP API as maya, a developer of Storefront. */
  get portal(): PortalClient {
    return this.#portal!;
  }

  /** Process ids of what it has started, e.g. the worker that synthesises templates. */
  get workers(): number[] {
    return processes()
      .filter(({ parent }) => parent === this.pid)
      .map(({ pid }) => pid);
  }

  /** `kill -9` of this one process: nothing that it started is told. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  async stop(): Promise<void> {
    const killing = setTimeout(
      () => this.#child.kill('SIGKILL'),
      GRACE_SECONDS * 1000,
    );
    this.#child.kill('SIGTERM');
    await this.#exited;
    clearTimeout(killing);
  }

  async #untilReady(url: string, logFile: string): Promise<void> {
    const until = Date.now() + READY_SECONDS * 1000;
    while (this.isRunning && Date.now() < until) {
      const answer = await fetch(`${url}/.backstage/health/v1/readiness`).catch(
        () => undefined,
      );
      if (answer?.ok) {
        return;
      }
      await delay(100);
    }
    const said = readFileSync(logFile, 'utf8').split('\n').slice(-20);
    throw new Error(
      `Back end ${this.name} ${
        this.isRunning
          ? `was not ready after ${READY_SECONDS} s`
          : 'ended while it started'
      }. Its last words:\n${said.join('\n')}`,
    );
  }
}

/** Which of these processes still run. */
export function stillRunning(pids: number[]): number[] {
  return processes()
    .map(({ pid }) => pid)
    .filter(pid => pids.includes(pid));
}

function processes(): Array<{ pid: number; parent: number }> {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(([, , state]) => !state.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
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
