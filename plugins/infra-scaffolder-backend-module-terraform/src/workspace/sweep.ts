import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type ProcessIdentity, probe } from '../worker/processIdentity';
import { requireOwnFolder } from './ownFolder';
import { isOldReady } from './ready';

export const FOLDER_PREFIX = 'slipway-terraform-run-';

/** Whether a folder is one that Terraform was to work in, and no other. */
export function isRunFolder(workingDirectory: string, folder: string): boolean {
  return (
    path.resolve(folder) === folder &&
    path.dirname(folder) === path.resolve(workingDirectory) &&
    path.basename(folder).startsWith(FOLDER_PREFIX)
  );
}

/** Names the back end that made a folder. */
export const OWNER_FILE = 'owner.json';
/** Names the process that works in it and may outlive that back end. */
export const WORKER_FILE = 'worker.json';

/** A run that goes on after a crash reads what the process before it said; after so long none does. */
const KEEP_MILLISECONDS = 24 * 3600 * 1000;

/**
 * Removes folders that back ends which are gone left behind. One whose back end or Terraform still lives stays, and so does
 * a young one, which the next try of its run reads.
 */
export async function sweepFolders(
  workingDirectory: string,
  now: Date,
): Promise<void> {
  const names = await requireOwnFolder(workingDirectory)
    .then(() => readdir(workingDirectory))
    .catch(() => []);
  for (const name of names) {
    if (name.startsWith(FOLDER_PREFIX)) {
      const folder = path.join(workingDirectory, name);
      if (await isAbandoned(folder, now)) {
        await rm(folder, { recursive: true, force: true });
      }
    } else if (await isOutdated(workingDirectory, name, now)) {
      await rm(path.join(workingDirectory, name), {
        recursive: true,
        force: true,
      });
    }
  }
}

async function isOutdated(
  workingDirectory: string,
  name: string,
  now: Date,
): Promise<boolean> {
  try {
    const { mtime } = await stat(path.join(workingDirectory, name));
    return isOldReady(name, mtime, now);
  } catch {
    return false;
  }
}

async function isAbandoned(folder: string, now: Date): Promise<boolean> {
  try {
    const { mtime } = await stat(folder);
    if (now.getTime() - mtime.getTime() < KEEP_MILLISECONDS) {
      return false;
    }
    const processes = await Promise.all(
      [OWNER_FILE, WORKER_FILE].map(file => identityIn(folder, file)),
    );
    const states = await Promise.all(
      processes.flatMap(each => (each ? [probe(each)] : [])),
    );
    return states.every(state => state === 'dead');
  } catch {
    return false;
  }
}

async function identityIn(
  folder: string,
  file: string,
): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(path.join(folder, file), 'utf8'));
  } catch {
    return undefined;
  }
}
