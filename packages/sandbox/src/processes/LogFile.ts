import {
  createWriteStream,
  mkdirSync,
  renameSync,
  statSync,
  type WriteStream,
} from 'node:fs';
import path from 'node:path';

/** Two of these for each log. */
const LARGEST_BYTES = 20_000_000;

/**
 * A file of lines that goes on where it was. One that has grown large is put aside as `….1`, in the place of the one
 * before it; a full disk costs the lines, not the program.
 */
export class LogFile {
  readonly #file: string;
  readonly #largestBytes: number;
  #stream: WriteStream;
  #bytes: number;
  #isClosed = false;

  constructor(file: string, largestBytes = LARGEST_BYTES) {
    this.#file = file;
    this.#largestBytes = largestBytes;
    mkdirSync(path.dirname(file), { recursive: true });
    this.#bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    this.#stream = this.#open();
  }

  /** Nothing once it is closed. */
  add(line: string): void {
    if (this.#isClosed) {
      return;
    }
    if (this.#bytes > this.#largestBytes) {
      this.#putAside();
    }
    this.#bytes += Buffer.byteLength(line) + 1;
    this.#stream.write(`${line}\n`);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await new Promise<void>(resolve => this.#stream.end(resolve));
  }

  #putAside(): void {
    this.#stream.end();
    try {
      renameSync(this.#file, `${this.#file}.1`);
    } catch {
      // Somebody took it away.
    }
    this.#bytes = 0;
    this.#stream = this.#open();
  }

  #open(): WriteStream {
    return createWriteStream(this.#file, { flags: 'a' }).on('error', () => {});
  }
}
