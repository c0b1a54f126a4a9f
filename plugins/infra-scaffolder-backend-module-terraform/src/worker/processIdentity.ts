import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

/** Which process it is, for sure: a process id alone is given again to another one. */
export type ProcessIdentity = {
  host: string;
  /** Of the machine's start; a process does not outlive it. */
  bootId: string;
  /** Process ids of one mean nothing in another; absent where the system has none. */
  pidNamespace?: string;
  pid: number;
  /** When the process started, in the machine's own words. */
  startedAt: string;
};

/** @throws where there is no such process */
export async function identify(pid: number): Promise<ProcessIdentity> {
  const startedAt = await startOf(pid);
  if (!startedAt) {
    throw new Error(`There is no process ${pid}.`);
  }
  return { ...(await machine()), pid, startedAt };
}

/** `elsewhere`: on another machine or in another container, of which nothing can be said from here. */
export async function probe(
  identity: ProcessIdentity,
): Promise<'alive' | 'dead' | 'elsewhere'> {
  const here = await machine();
  if (
    identity.host !== here.host ||
    identity.pidNamespace !== here.pidNamespace
  ) {
    return 'elsewhere';
  }
  if (identity.bootId !== here.bootId) {
    return 'dead';
  }
  return (await startOf(identity.pid)) === identity.startedAt
    ? 'alive'
    : 'dead';
}

export async function machine(): Promise<
  Omit<ProcessIdentity, 'pid' | 'startedAt'>
> {
  const pidNamespace = await readlink('/proc/self/ns/pid').catch(
    () => undefined,
  );
  return {
    host: hostname(),
    bootId: await bootId(),
    ...(pidNamespace && { pidNamespace }),
  };
}

async function bootId(): Promise<string> {
  try {
    return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  } catch {
    const { stdout } = await promisify(execFile)('sysctl', [
      '-n',
      'kern.boottime',
    ]);
    return stdout.trim();
  }
}

/** Undefined where there is no such process, or it has ended and only waits to be noticed. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything; the state is the first field after it, the start time the twentieth.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    if (process.platform === 'linux') {
      return undefined;
    }
  }
  try {
    const { stdout } = await promisify(execFile)('ps', [
      '-o',
      'stat=,lstart=',
      '-p',
      String(pid),
    ]);
    const [state, ...start] = stdout.trim().split(/\s+/);
    return state.startsWith('Z') ? undefined : start.join(' ');
  } catch {
    return undefined;
  }
}
