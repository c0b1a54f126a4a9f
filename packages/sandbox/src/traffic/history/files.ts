import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TrafficState } from '../Traffic';

/** A part of the past that Prometheus does not have yet. */
export interface Segment {
  /** What the traffic was when it began. */
  start: TrafficState;
  /** UTC milliseconds. */
  until: number;
  /** From here on there is a value each minute. */
  fineFrom: number;
}

/** A file as it was written last; undefined where there is none, or none that can be read. */
export function readState<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Writes a file as a whole or not at all. */
export function writeState(file: string, content: object): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  writeFileSync(partial, JSON.stringify(content));
  renameSync(partial, file);
}
