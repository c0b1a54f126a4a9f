import { mkdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TrafficState } from '../Traffic';
import { addBlocks, keepHead } from './blocks';
import { readState, type Segment, writeState } from './files';
import { planPast } from './plan';
import { writeSegment } from './writeSegment';

/** What the program that fills the past is told, as JSON in its only argument. */
export interface PastOptions {
  stateFile: string;
  /** Folder for what is being made and what is still to do. */
  workDir: string;
  dataDir: string;
  promtool: string;
  prometheusUrl: string;
  days: number;
}

/** What it says on its way, one JSON a line. */
export type PastMessage =
  | { kind: 'now' }
  | { kind: 'done'; segments: number; of: number; megabytes: number };

function say(message: PastMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function main(options: PastOptions): Promise<void> {
  const { stateFile, workDir, dataDir, promtool } = options;
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  mkdirSync(workDir, { recursive: true });
  const todoFile = path.join(workDir, 'todo.json');
  const last = readState<TrafficState>(stateFile);
  const { segments, now } = planPast(last, Date.now(), options.days);
  // The latest first: that is what people look at.
  const todo = [
    ...segments.reverse(),
    ...(readState<Segment[]>(todoFile) ?? []),
  ];
  writeState(todoFile, todo);
  writeState(stateFile, now);
  say({ kind: 'now' });

  if (last && segments.length > 0) {
    await keepHead(options.prometheusUrl, dataDir);
  }
  const of = todo.length;
  let bytes = 0;
  while (todo.length > 0) {
    const file = path.join(workDir, 'segment.om');
    writeSegment(todo[0], file);
    bytes += statSync(file).size;
    await addBlocks(promtool, file, workDir, dataDir);
    rmSync(file);
    todo.shift();
    writeState(todoFile, todo);
    const megabytes = Math.round(bytes / 1e6);
    say({ kind: 'done', segments: of - todo.length, of, megabytes });
  }
  rmSync(workDir, { recursive: true, force: true });
}

main(JSON.parse(process.argv[2]) as PastOptions).catch(error => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
});
