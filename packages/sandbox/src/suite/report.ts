import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Counts } from './counts';
import type { StageContext } from './stages';

/** Where a stage's runner writes what came of its cases. */
export function report(context: StageContext, name: string): string {
  return path.join(context.workDir, `${name}.json`);
}

/** The counts in a report; undefined when the runner wrote none. */
export function readReport(
  context: StageContext,
  name: string,
  read: (json: string) => Counts,
): Counts | undefined {
  const file = report(context, name);
  return existsSync(file) ? read(readFileSync(file, 'utf8')) : undefined;
}
