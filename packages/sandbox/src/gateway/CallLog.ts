import { LogFile } from '../processes/LogFile';

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

/** The last calls in memory, and many more in a file of JSON lines. */
export class CallLog {
  /** Where calls are written. */
  readonly file: string;
  readonly #recent: LoggedCall[] = [];
  readonly #log: LogFile;
  #total = 0;

  constructor(file: string) {
    this.file = file;
    this.#log = new LogFile(file);
  }

  add(call: LoggedCall): void {
    this.#total += 1;
    this.#recent.push(call);
    if (this.#recent.length > KEPT_IN_MEMORY) {
      this.#recent.shift();
    }
    this.#log.add(JSON.stringify(call));
  }

  /** Calls since the start. */
  get total(): number {
    return this.#total;
  }

  /** Newest first. */
  recent(count: number): LoggedCall[] {
    return this.#recent.slice(-count).reverse();
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}
