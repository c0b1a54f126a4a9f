import type { BenchWorld } from './world/BenchWorld';

/** One line of the table. */
export interface Figure {
  /** What was measured, in a few words. */
  measure: string;
  /** With its unit. */
  figure: string;
  target: string;
  met: boolean;
  /** What the figure was made from. */
  details: string[];
}

/** One measure; it starts what it needs beside the sandbox, and ends it. */
export interface Measure {
  name: string;
  title: string;
  run(world: BenchWorld, options: MeasureOptions): Promise<Figure[]>;
}

export interface MeasureOptions {
  /** How often each side is measured. */
  rounds: number;
  /** How many environments are applied at once. */
  environments: number;
  say: (line: string) => void;
}
