import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Fault } from './types';

/** The faults on disk, one whole list at a time. */
export class FaultFile {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  read(): Fault[] {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8')) as Fault[];
    } catch {
      return [];
    }
  }

  write(faults: readonly Fault[]): void {
    const partial = `${this.#file}.partial`;
    writeFileSync(partial, JSON.stringify(faults));
    renameSync(partial, this.#file);
  }
}
