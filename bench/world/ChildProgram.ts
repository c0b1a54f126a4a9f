import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { BACKEND_NODE_FLAGS } from '@slipway/sandbox';

export const ROOT_DIR = path.resolve(__dirname, '../..');
export const SOURCE_TRANSFORM = require.resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);

const GRACE_MILLISECONDS = 20_000;

export interface ChildProgramOptions {
  /** Names it in messages, and its log. */
  name: string;
  entry: string;
  args?: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logDir: string;
  /** Modules that are loaded first. */
  preload?: string[];
}

/** A Node program of this repository, run from source, that answers questions over its channel. */
export class ChildProgram {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #logFile: string;
  readonly #exited: Promise<void>;
  #nextId = 1;

  static start(options: ChildProgramOptions): ChildProgram {
    mkdirSync(options.logDir, { recursive: true });
    const logFile = path.join(options.logDir, `${options.name}.log`);
    const child = fork(options.entry, options.args ?? [], {
      cwd: options.cwd,
      env: options.env,
      execArgv: [
        ...(options.preload ?? []).flatMap(file => ['--require', file]),
        ...BACKEND_NODE_FLAGS,
        '--require',
        SOURCE_TRANSFORM,
      ],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const log = createWriteStream(logFile);
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    return new ChildProgram(options.name, child, logFile);
  }

  private constructor(name: string, child: ChildProcess, logFile: string) {
    this.#name = name;
    this.#child = child;
    this.#logFile = logFile;
    this.#exited = new Promise(resolve => {
      child.once('exit', () => resolve());
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** @throws Error with where its log is, when it ends first or answers with an error. */
  async ask<T>(question: object): Promise<T> {
    const id = this.#nextId++;
    let settle: (reply: Reply<T>) => void = () => undefined;
    const answered = new Promise<T>((resolve, reject) => {
      settle = reply => {
        if (reply?.id !== id) {
          return;
        }
        if (reply.error === undefined) {
          resolve(reply.answer as T);
        } else {
          reject(new Error(`${this.#name}: ${reply.error}`));
        }
      };
    });
    this.#child.on('message', settle);
    try {
      this.#child.send({ ...question, id });
      return await Promise.race([answered, this.endedEarly()]);
    } finally {
      this.#child.off('message', settle);
    }
  }

  /** Rejects when the program ends. */
  async endedEarly(): Promise<never> {
    await this.#exited;
    throw new Error(`${this.#name} ended. What it said is in ${this.#logFile}`);
  }

  async stop(): Promise<void> {
    const killing = setTimeout(
      () => this.#child.kill('SIGKILL'),
      GRACE_MILLISECONDS,
    );
    this.#child.kill('SIGTERM');
    await this.#exited;
    clearTimeout(killing);
  }
}

type Reply<T> = { id: number; answer?: T; error?: string } | undefined;
