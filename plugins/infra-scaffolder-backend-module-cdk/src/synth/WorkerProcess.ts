import type { ChildProcess } from 'node:child_process';
import type {
  DiffResult,
  SynthResult,
  WorkerReply,
  WorkerRequest,
} from '../worker/protocol';
import { type WorkerEnd, WorkerEndedError } from './failures';

const STDERR_KEPT_CHARACTERS = 4_000;

/** One life of the worker: answers requests until it ends, by itself or by us. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #pending = new Map<
    number,
    {
      resolve: (result: SynthResult | DiffResult) => void;
      reject: (error: Error) => void;
    }
  >();
  readonly #ready: Promise<void>;
  readonly #gone: Promise<void>;
  #stderr = '';
  #end: WorkerEnd | undefined;
  #nextId = 1;

  static create(child: ChildProcess): WorkerProcess {
    return new WorkerProcess(child);
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT_CHARACTERS);
    });
    this.#ready = new Promise((resolve, reject) => {
      child.on('message', (reply: WorkerReply) => {
        if (reply.type === 'ready') {
          resolve();
        } else {
          this.#settle(reply);
        }
      });
      child.once('close', () => reject(this.#ended()));
    });
    this.#ready.catch(() => undefined);
    this.#gone = new Promise(resolve => {
      child.once('close', (code, signal) => {
        this.#end ??= {
          reason: /heap out of memory|FATAL ERROR: .*[Aa]llocation/.test(
            this.#stderr,
          )
            ? 'out-of-memory'
            : 'crashed',
          detail: signal ? `signal ${signal}` : `exit code ${code}`,
          stderr: this.#stderr,
        };
        for (const { reject } of this.#pending.values()) {
          reject(this.#ended());
        }
        this.#pending.clear();
        resolve();
      });
      child.once('error', error => {
        this.#end ??= {
          reason: 'crashed',
          detail: error.message,
          stderr: this.#stderr,
        };
        if (child.pid === undefined) {
          child.emit('close', null, null);
        }
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return this.#end === undefined;
  }

  /** Resolves when the worker has loaded everything. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /**
   * @throws WorkerEndedError where the process ends before it answers, is too slow, or the request is given up.
   * @throws WorkerFailure as the worker reports it.
   */
  async request(
    request:
      | Omit<Extract<WorkerRequest, { type: 'synth' }>, 'id'>
      | Omit<Extract<WorkerRequest, { type: 'diff' }>, 'id'>,
    options: { timeoutSeconds: number; signal?: AbortSignal },
  ): Promise<SynthResult | DiffResult> {
    options.signal?.throwIfAborted();
    const id = this.#nextId++;
    const onAbort = () => this.#kill({ reason: 'aborted' });
    const timer = setTimeout(
      () =>
        this.#kill({
          reason: 'timed-out',
          detail: `${options.timeoutSeconds} s`,
        }),
      options.timeoutSeconds * 1000,
    );
    options.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await this.#ready;
      return await new Promise((resolve, reject) => {
        if (this.#end) {
          reject(this.#ended());
          return;
        }
        this.#pending.set(id, { resolve, reject });
        this.#child.send({ ...request, id });
      });
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Ends the process and waits until it is gone. */
  async close(): Promise<void> {
    this.#kill({ reason: 'closed' });
    await this.#gone;
  }

  #kill(end: WorkerEnd): void {
    this.#end ??= end;
    this.#child.kill('SIGKILL');
  }

  #ended(): WorkerEndedError {
    return new WorkerEndedError(this.#end ?? { reason: 'crashed' });
  }

  #settle(reply: Exclude<WorkerReply, { type: 'ready' }>): void {
    // The source transform of Backstage's development server sends messages of its own.
    if (reply.type !== 'result' && reply.type !== 'error') {
      return;
    }
    const waiting = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.type === 'result') {
      waiting?.resolve(reply.result);
    } else {
      waiting?.reject(
        Object.assign(new Error(reply.error.message), {
          name: 'WorkerFailure',
          code: reply.error.code,
        }),
      );
    }
  }
}
