import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { guardScript } from './guardScript';
import { LogFile } from './LogFile';
import { eventually, isGroupAlive, signal } from './processTable';

/** What to run and how it wishes to be ended. */
interface ProcessSpec {
  /** Names the process in messages. */
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** All output is appended here. */
  logFile: string;
  /** Asks for an orderly end; SIGTERM unless told. */
  stopSignal?: 'SIGTERM' | 'SIGINT';
  /** How long an orderly end may take before the process group is killed; 10 unless told. */
  graceSeconds?: number;
  /** Run as this user; only root can ask for it. */
  user?: { uid: number; gid: number };
  onLine?: (line: string) => void;
}

/** How a process ended by itself. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * A process in a group of its own that ends with us.
 *
 * @see guardScript for what happens when we are killed
 */
export class GuardedProcess {
  /** Also the id of the process group. */
  readonly pid: number;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<ProcessEnd>;

  readonly #child: ChildProcess;
  readonly #spec: ProcessSpec;
  #stopping = false;

  /** Starts the process; it fails when the command cannot be run at all. */
  static async start(spec: ProcessSpec): Promise<GuardedProcess> {
    const log = new LogFile(spec.logFile);
    const child = spawn(
      '/bin/sh',
      [
        '-c',
        guardScript,
        'guard',
        (spec.stopSignal ?? 'SIGTERM').slice('SIG'.length),
        `${spec.graceSeconds ?? 10}`,
        spec.command,
        ...spec.args,
      ],
      {
        cwd: spec.cwd,
        env: spec.env,
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe'],
        ...spec.user,
      },
    );
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    return new GuardedProcess(child, spec, log);
  }

  private constructor(child: ChildProcess, spec: ProcessSpec, log: LogFile) {
    this.#child = child;
    this.#spec = spec;
    this.pid = child.pid!;
    for (const stream of [child.stdout, child.stderr] as Readable[]) {
      createInterface({ input: stream }).on('line', line => {
        log.add(line);
        spec.onLine?.(line);
      });
    }
    // The guard reads nothing from the pipe; that it closes first is no news.
    child.stdin?.on('error', () => {});
    this.ended = new Promise(resolve => {
      child.once('exit', (code, exitSignal) =>
        resolve({ code, signal: exitSignal }),
      );
    });
    child.once('close', () => log.close());
  }

  /** Whether `stop` was called, so that an end is no surprise. */
  get isStopping(): boolean {
    return this.#stopping;
  }

  /**
   * Resolves when the probe says yes. When the process ends first, or the time is over, what is left of it is ended and
   * the error carries its last words.
   */
  async untilReady(
    isReady: () => Promise<boolean>,
    timeoutSeconds: number,
  ): Promise<void> {
    let isOver = false;
    this.ended.then(() => {
      isOver = true;
    });
    const cameUp = await eventually(
      async () => isOver || isReady(),
      timeoutSeconds * 1000,
    );
    if (cameUp && !isOver) {
      return;
    }
    const wasStopped = this.#stopping;
    await this.stop();
    if (wasStopped) {
      throw new Error(`${this.#spec.name} was stopped while it started.`);
    }
    const what = isOver
      ? 'ended while it started'
      : `was not ready after ${timeoutSeconds} s`;
    throw new Error(
      `${this.#spec.name} ${what}. All it said is in ${
        this.#spec.logFile
      }; its last words:\n${this.lastLines(20)}`,
    );
  }

  /** Asks for an orderly end, then kills what is left of the group; resolves when nothing is left. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const graceMs = (this.#spec.graceSeconds ?? 10) * 1000;
    // Closing the pipe tells the guard to send the stop signal, and to kill when the time is over.
    this.#child.stdin?.end();
    await eventually(
      () => this.#child.exitCode !== null || this.#child.signalCode !== null,
      graceMs + 2000,
      20,
    );
    if (!(await eventually(() => !isGroupAlive(this.pid), 1000, 20))) {
      signal(-this.pid, 'SIGKILL');
      await eventually(() => !isGroupAlive(this.pid), 2000, 20);
    }
    await this.ended;
  }

  /** Kills the group at once, as `kill -9` would. */
  async kill(): Promise<void> {
    this.#stopping = true;
    signal(-this.pid, 'SIGKILL');
    await this.ended;
  }

  /** The last lines of the log, for a message about a failure. */
  lastLines(count: number): string {
    try {
      return readFileSync(this.#spec.logFile, 'utf8')
        .trimEnd()
        .split('\n')
        .slice(-count)
        .join('\n');
    } catch {
      return '';
    }
  }
}
