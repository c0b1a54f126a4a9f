import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { E2E_DIR, portal, ROOT, RUNNING_DIR } from './portal';

const READY_WITHIN_MS = 240_000;
const ENDED_WITHIN_MS = 60_000;

async function ready(server: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) {
      throw new Error(
        `script/server ended with ${server.exitCode}; ${E2E_DIR}/server.log says why.`,
      );
    }
    if (portal.isReady()) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  throw new Error(
    `script/server was not ready within ${
      READY_WITHIN_MS / 1000
    } s; see ${E2E_DIR}/server.log.`,
  );
}

/** Starts the portal on an empty world of its own; what it returns ends it, and fails if anything is left running. */
export async function startPortal(): Promise<() => Promise<void>> {
  if (RUNNING_DIR) {
    return async () => {};
  }
  rmSync(E2E_DIR, { recursive: true, force: true });
  mkdirSync(E2E_DIR, { recursive: true });
  const log = createWriteStream(path.join(E2E_DIR, 'server.log'));
  const server = spawn(
    path.join(ROOT, 'script/server'),
    [
      ...['--only', 'postgres,aws,backend,app'],
      ...['--dir', E2E_DIR, '--resource-seconds', '1'],
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  server.stdout.pipe(log, { end: false });
  server.stderr.pipe(log, { end: false });
  await ready(server);
  const pids = portal.pids();
  return async () => {
    server.kill('SIGINT');
    await Promise.race([
      once(server, 'exit'),
      new Promise(resolve => setTimeout(resolve, ENDED_WITHIN_MS)),
    ]);
    const left = pids.filter(pid => {
      try {
        process.kill(pid, 0);
        return true;
      } catch {
        return false;
      }
    });
    if (left.length > 0) {
      throw new Error(`Ctrl-C left processes behind: ${left.join(', ')}.`);
    }
  };
}
