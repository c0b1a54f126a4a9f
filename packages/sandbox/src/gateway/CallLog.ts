import {
  createWriteStream,
  mkdirSync,
  renameSync,
  statSync,
  type WriteStream,
} from 'node:fs';
import path from 'node:path';

/** One call that passed the gateway; never its credentials or bodies. */
export interface LoggedCall {
  /** ISO 8601, UTC. */
  at: string;
  account: string;
  region: string;
  service: string;
  operation: string;
  /** HTTP status the caller got; 0 when it got none. */
  status: number;
  durationMs: number;
  /** Kinds of the faults that hit it. */
  faults: string[];
}

const KEPT_IN_MEMORY = 500;

/**
 * The last calls in memory, all of them in a file of JSON lines. A file that has grown large is put aside as `….1`, in
 * the place of the one before it.
 */
export class CallLog {
  /** Where all calls are written. */
  readonly file: string;
  readonly #recent: LoggedCall[] = [];
  readonly #fileBytes: number;
  #stream: WriteStream;
  #bytes: number;
  #total = 0;
  #isClosed = false;

  /** @param fileBytes - the size from which a file is large */
  constructor(file: string, fileBytes = 20_000_000) {
    this.file = file;
    this.#fileBytes = fileBytes;
    mkdirSync(path.dirname(file), { recursive: true });
    this.#bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    this.#stream = this.#open();
  }

  add(call: LoggedCall): void {
    this.#total += 1;
    this.#recent.push(call);
    if (this.#recent.length > KEPT_IN_MEMORY) {
      this.#recent.shift();
    }
    if (this.#isClosed) {
      return;
    }
    if (this.#bytes > this.#fileBytes) {
      this.#putAside();
    }
    const line = `${JSON.stringify(call)}\n`;
    this.#bytes += Buffer.byteLength(line);
    this.#stream.write(line);
  }

  /** Calls since the start. */
  get total(): number {
    return this.#total;
  }

  /** Newest first. */
  recent(count: number): LoggedCall[] {
    return this.#recent.slice(-count).reverse();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await new Promise<void>(resolve => this.#stream.end(resolve));
  }

  #putAside(): void {
    this.#stream.end();
    try {
      renameSync(this.file, `${this.file}.1`);
    } catch {
      // Somebody took it away.
    }
    this.#bytes = 0;
    this.#stream = this.#open();
  }

  /** A full disk costs the log, not the gateway. */
  #open(): WriteStream {
    return createWriteStream(this.file, { flags: 'a' }).on('error', () => {});
  }
}
