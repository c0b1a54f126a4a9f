import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { eventually, processIdentity, signal } from '../processes/processTable';

/**
 * Clears what a killed server left in its data folder. The id in `postmaster.pid` may since belong to another program
 * (PostgreSQL would refuse to start then), or to the old server itself, which is then ended first.
 */
export async function clearLeftover(dataDir: string): Promise<void> {
  const pidFile = path.join(dataDir, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid === undefined) {
    return;
  }
  if (isPostgres(pid)) {
    signal(pid, 'SIGINT');
    if (!(await eventually(() => !isPostgres(pid), 10_000))) {
      signal(pid, 'SIGQUIT');
      await eventually(() => !isPostgres(pid), 5_000);
    }
  }
  rmSync(pidFile, { force: true });
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isPostgres(pid: number): boolean {
  return processIdentity(pid)?.endsWith('postgres') ?? false;
}
