import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;
/** Whole segments fit into one block of this size. */
const BLOCK = '162h';

function blocksIn(dir: string): string[] {
  return readdirSync(dir).filter(name => ULID.test(name));
}

/** Hands blocks over; Prometheus looks for new ones every minute. */
function moveBlocks(names: string[], from: string, dataDir: string): void {
  for (const name of names) {
    renameSync(path.join(from, name), path.join(dataDir, name));
  }
}

/** Makes blocks of a file in OpenMetrics, with little claim to the processor. */
export async function addBlocks(
  promtool: string,
  file: string,
  workDir: string,
  dataDir: string,
): Promise<void> {
  const made = path.join(workDir, 'made');
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  const running = promisify(execFile)(promtool, [
    'tsdb',
    'create-blocks-from',
    'openmetrics',
    `--max-block-duration=${BLOCK}`,
    '-q',
    file,
    made,
  ]);
  try {
    os.setPriority(running.child.pid!, os.constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already.
  }
  await running;
  moveBlocks(blocksIn(made), made, dataDir);
}

/**
 * Writes what Prometheus has in memory and in its log into a block. Blocks later than that make it forget the log at the
 * next start: it takes what the log has from before the end of its last block as written.
 */
export async function keepHead(url: string, dataDir: string): Promise<void> {
  const answer = await fetch(
    `${url}/api/v1/admin/tsdb/snapshot?skip_head=false`,
    { method: 'POST' },
  );
  const { data, error } = (await answer.json()) as {
    data?: { name: string };
    error?: string;
  };
  if (!data) {
    throw new Error(`Prometheus took no snapshot: ${error}`);
  }
  const snapshots = path.join(dataDir, 'snapshots');
  const snapshot = path.join(snapshots, data.name);
  const known = new Set(blocksIn(dataDir));
  moveBlocks(
    blocksIn(snapshot).filter(name => !known.has(name)),
    snapshot,
    dataDir,
  );
  rmSync(snapshots, { recursive: true, force: true });
}
