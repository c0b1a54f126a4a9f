import { open } from 'node:fs/promises';
import path from 'node:path';
import { type OutputLine, readLine } from '../binary/output';
import { OUTPUT_FILE } from './launchWorker';

/** Reads a growing file line by line. */
export class OutputReader {
  readonly #file: Awaited<ReturnType<typeof open>> | undefined;
  #rest = Buffer.alloc(0);
  /** Where the first line begins that was not read whole. */
  offset: number;

  static async from(folder: string, offset: number): Promise<OutputReader> {
    const file = await open(path.join(folder, OUTPUT_FILE), 'r').catch(
      () => undefined,
    );
    return new OutputReader(file, offset);
  }

  private constructor(
    file: Awaited<ReturnType<typeof open>> | undefined,
    offset: number,
  ) {
    this.#file = file;
    this.offset = offset;
  }

  async next(): Promise<OutputLine[]> {
    if (!this.#file) {
      return [];
    }
    const buffer = Buffer.alloc(256 * 1024);
    for (;;) {
      const { bytesRead } = await this.#file.read(
        buffer,
        0,
        buffer.length,
        this.offset + this.#rest.length,
      );
      if (bytesRead === 0) {
        break;
      }
      this.#rest = Buffer.concat([this.#rest, buffer.subarray(0, bytesRead)]);
    }
    const end = this.#rest.lastIndexOf('\n') + 1;
    const whole = this.#rest.subarray(0, end).toString('utf8');
    this.#rest = this.#rest.subarray(end);
    this.offset += end;
    return whole.split('\n').flatMap(line => readLine(line) ?? []);
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}
