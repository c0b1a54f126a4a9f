import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { GuardedProcess, type ProcessEnd } from '../processes/GuardedProcess';
import { freePort } from '../processes/ports';

/** Options of {@link EmulatorServer.start}. */
interface EmulatorServerOptions {
  rootDir: string;
  /** The sandbox's folder; the emulator keeps its state in `aws` below it. */
  stateDir: string;
  logDir: string;
  /** How long a made-up resource takes to become available. */
  resourceSeconds?: number;
}

/** The AWS emulator (`packages/sandbox/emulator`), on loopback only, behind the gateway. */
export class EmulatorServer {
  readonly port: number;
  readonly #process: GuardedProcess;

  static async start(options: EmulatorServerOptions): Promise<EmulatorServer> {
    const python = path.join(options.rootDir, '.tools/venv/bin/python');
    if (!existsSync(python)) {
      throw new Error(
        'The AWS emulator has no Python: .tools/venv is missing. Run script/setup.',
      );
    }
    const stateDir = path.join(options.stateDir, 'aws');
    mkdirSync(stateDir, { recursive: true });
    const port = await freePort(0);
    const guarded = await GuardedProcess.start({
      name: 'The AWS emulator',
      command: python,
      args: ['-m', 'slipway_emulator'],
      cwd: path.join(options.rootDir, 'packages/sandbox/emulator'),
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        LANG: 'C.UTF-8',
        PYTHONUNBUFFERED: '1',
        PYTHONDONTWRITEBYTECODE: process.env.PYTHONDONTWRITEBYTECODE,
        PORT: `${port}`,
        STATE_DIR: stateDir,
        ...(options.resourceSeconds === undefined
          ? {}
          : { RESOURCE_SECONDS: `${options.resourceSeconds}` }),
      },
      logFile: path.join(options.logDir, 'emulator.log'),
    });
    const server = new EmulatorServer(guarded, port);
    await guarded.untilReady(() => server.#answers(), 60);
    return server;
  }

  private constructor(guarded: GuardedProcess, port: number) {
    this.#process = guarded;
    this.port = port;
  }

  get pid(): number {
    return this.#process.pid;
  }

  get ended(): Promise<ProcessEnd> {
    return this.#process.ended;
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }

  /** As `kill -9` would: nothing is saved. */
  kill(): Promise<void> {
    return this.#process.kill();
  }

  async #answers(): Promise<boolean> {
    try {
      const answer = await fetch(
        `http://127.0.0.1:${this.port}/_slipway/health`,
        { signal: AbortSignal.timeout(2_000) },
      );
      return answer.ok;
    } catch {
      return false;
    }
  }
}
