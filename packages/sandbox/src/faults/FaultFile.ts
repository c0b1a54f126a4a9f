import { z } from 'zod';
import { readStateFile, writeStateFile } from '../stateFile';
import type { Fault } from './types';

const faults = z.array(
  z.looseObject({
    id: z.string(),
    effect: z.looseObject({ kind: z.string() }),
    match: z.record(z.string(), z.string()),
    probability: z.number(),
    timesLeft: z.number().optional(),
    startedBy: z.string(),
    startedAt: z.iso.datetime(),
    endsAt: z.iso.datetime().optional(),
  }),
);

/** The faults on disk, one whole list at a time. */
export class FaultFile {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  read(): Fault[] {
    return (readStateFile(this.#file, faults) ?? []) as unknown as Fault[];
  }

  write(list: readonly Fault[]): void {
    writeStateFile(this.#file, list);
  }
}
