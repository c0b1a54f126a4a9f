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
const FILE_BYTES = 20_000_000;

/** The last calls in memory, all of them in a file of JSON lines that is begun anew when it has grown large. */
export class CallLog {
  /** Where all calls are written. */
  readonly file: string;
  readonly #recent: LoggedCall[] = [];
  readonly #stream: WriteStream;
  #total = 0;

  constructor(file: string) {
    this.file = file;
    mkdirSync(path.dirname(file), { recursive: true });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > FILE_BYTES) {
      renameSync(file, `${file}.1`);
    }
    this.#stream = createWriteStream(file, { flags: 'a' });
  }

  add(call: LoggedCall): void {
    this.#total += 1;
    this.#recent.push(call);
    if (this.#recent.length > KEPT_IN_MEMORY) {
      this.#recent.shift();
    }
    this.#stream.write(`${JSON.stringify(call)}\n`);
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
    await new Promise<void>(resolve => this.#stream.end(resolve));
  }
}
