import {
  createWriteStream,
  mkdirSync,
  openSync,
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
  /** None where the file could not be opened; the next time that it is put aside is the next try. */
  #stream: WriteStream | undefined;
  #putAsideIsWritten: Promise<void> = Promise.resolve();
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
    this.#stream?.write(`${line}\n`);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#putAsideIsWritten;
    await written(this.#stream);
  }

  #putAside(): void {
    const putAside = written(this.#stream);
    const before = this.#putAsideIsWritten;
    this.#putAsideIsWritten = before.then(() => putAside);
    try {
      renameSync(this.#file, `${this.#file}.1`);
    } catch {
      // Somebody took it away.
    }
    this.#bytes = 0;
    this.#stream = this.#open();
  }

  /**
   * Opened at once, not when the stream gets to it: a stream that opens its file after that was renamed would write
   * into the file of the next.
   */
  #open(): WriteStream | undefined {
    try {
      const fd = openSync(this.#file, 'a');
      return createWriteStream(this.#file, { fd }).on('error', () => {});
    } catch {
      return undefined;
    }
  }
}

/** Ends the stream; resolves once all is on its way to the disk, or lost. */
async function written(stream: WriteStream | undefined): Promise<void> {
  if (stream && !stream.closed) {
    await new Promise<void>(resolve => {
      stream.once('close', resolve);
      stream.end();
    });
  }
}
