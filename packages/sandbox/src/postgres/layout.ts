import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { postgresHome } from './binaries';
import { mayReach, postgresUser } from './postgresUser';

/** Where a server's programs and data are, and who runs it. */
export interface PostgresLayout {
  /** Holds `bin/postgres` and `bin/initdb`. */
  home: string;
  dataDir: string;
  /** Where a new data folder is made before it takes its place, so that a half-made one is never taken for whole. */
  newDataDir: string;
  user?: { uid: number; gid: number };
}

/**
 * Root's clone may lie where the user `postgres` cannot look (`/root`). Programs and data then live here, in a folder
 * per clone: git-ignored files could not be reached by the server, however they are owned.
 */
const PUBLIC_DIR = '/var/lib/slipway-sandbox';

/** Decides the layout for a sandbox that keeps its state in `stateDir`, and makes the folders. */
export function preparePostgresLayout(stateDir: string): PostgresLayout {
  const home = postgresHome();
  const user = postgresUser();
  mkdirSync(stateDir, { recursive: true });
  if (!user) {
    return { home, ...dataDirs(stateDir) };
  }
  // The folder is the sandbox's own: others may pass through it, what lies in it keeps its own permissions.
  chmodSync(stateDir, statSync(stateDir).mode | 0o011);
  if (
    mayReach(user, path.join(home, 'bin', 'postgres')) &&
    mayReach(user, stateDir)
  ) {
    return { home, ...dataDirs(stateDir, user), user };
  }
  const shelter = path.join(
    PUBLIC_DIR,
    createHash('sha256')
      .update(path.resolve(stateDir))
      .digest('hex')
      .slice(0, 12),
  );
  mkdirSync(shelter, { recursive: true });
  chmodSync(PUBLIC_DIR, 0o755);
  chmodSync(shelter, 0o755);
  return {
    home: copiedOnce(home, path.join(PUBLIC_DIR, versionOf(home))),
    ...dataDirs(shelter, user),
    user,
  };
}

function dataDirs(parent: string, user?: { uid: number; gid: number }) {
  const dataDir = path.join(parent, 'postgres');
  const newDataDir = `${dataDir}.new`;
  if (!existsSync(path.join(dataDir, 'PG_VERSION'))) {
    rmSync(newDataDir, { recursive: true, force: true });
    mkdirSync(newDataDir, { mode: 0o700 });
    if (user) {
      chownSync(newDataDir, user.uid, user.gid);
    }
  }
  return { dataDir, newDataDir };
}

function versionOf(home: string): string {
  const { version } = require(path.join(home, '..', 'package.json')) as {
    version: string;
  };
  return `postgresql-${version}`;
}

function copiedOnce(from: string, to: string): string {
  if (!existsSync(to)) {
    const partial = `${to}.${process.pid}`;
    cpSync(from, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, to);
  }
  return to;
}
