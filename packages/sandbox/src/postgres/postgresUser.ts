import { execFileSync } from 'node:child_process';

function idOf(flag: '-u' | '-g', name: string): number {
  return Number(
    execFileSync('id', [flag, name], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
}

function findUser(name: string) {
  try {
    return { uid: idOf('-u', name), gid: idOf('-g', name) };
  } catch {
    return undefined;
  }
}

/**
 * PostgreSQL refuses to run as root. When we are root: the user it runs as instead, made when it is missing.
 * Otherwise undefined: it runs as ourselves.
 */
export function postgresUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const existing = findUser('postgres');
  if (existing) {
    return existing;
  }
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', 'postgres'],
      { stdio: 'pipe' },
    );
  } catch (error) {
    throw new Error(
      'PostgreSQL refuses to run as root, and the user "postgres" could not be made. Make it (useradd --system postgres) or start the sandbox as an ordinary user.',
      { cause: error },
    );
  }
  return findUser('postgres');
}

/** Whether a user may run a program or enter a folder: itself and every folder above it. */
export function mayReach(
  user: { uid: number; gid: number },
  file: string,
): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'test -x "$1"', 'test', file], {
      ...user,
      cwd: '/',
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}
