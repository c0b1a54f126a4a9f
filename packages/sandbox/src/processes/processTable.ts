import { execFileSync } from 'node:child_process';

function canSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function ps(...args: string[]): string {
  try {
    return execFileSync('ps', args, {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

/** Whether a process group has a process that still runs; zombies, which nobody may ever reap, do not count. */
export function isGroupAlive(groupId: number): boolean {
  return (
    canSignal(-groupId) &&
    ps('-eo', 'pgid=,stat=')
      .split('\n')
      .map(line => line.trim().split(/\s+/))
      .some(
        ([group, state]) =>
          group === `${groupId}` && state && !state.startsWith('Z'),
      )
  );
}

/**
 * What tells a process from a later one that was given the same id: its start time and command, or undefined when there
 * is none by that id (a zombie counts as none).
 */
export function processIdentity(pid: number): string | undefined {
  const line = ps('-o', 'stat=,lstart=,comm=', '-p', `${pid}`).trim();
  if (!line || line.startsWith('Z')) {
    return undefined;
  }
  return line.replace(/^\S+\s+/, '').replace(/\s+/g, ' ');
}

/** Sends a signal to a process or (negative id) a group; says nothing when it is already gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

/** Resolves to whether the condition came true within the time. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  everyMs = 50,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await condition()) {
      return true;
    }
    if (Date.now() >= deadline) {
      return false;
    }
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
}
