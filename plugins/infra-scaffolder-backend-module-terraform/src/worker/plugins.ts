import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ProcessIdentity } from './processIdentity';

const POLL_MILLISECONDS = 100;
const PATIENCE_MILLISECONDS = 10_000;

interface GroupMember {
  pid: number;
  group: number;
  name: string;
}

/** Ends the plug-ins that a Terraform which was killed has left behind, and waits until they are gone. */
export async function endPlugins({ pid }: ProcessIdentity): Promise<void> {
  const until = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const left = (await processes()).filter(
      ({ group, name }) =>
        group === pid && /^(terraform|tofu)-provid?/.test(name),
    );
    if (left.length === 0) {
      return;
    }
    if (performance.now() > until) {
      throw new Error(
        `Plug-ins of Terraform do not end: ${left
          .map(each => each.pid)
          .join(', ')}`,
      );
    }
    for (const plugin of left) {
      try {
        process.kill(plugin.pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
    await delay(POLL_MILLISECONDS);
  }
}

async function processes(): Promise<GroupMember[]> {
  const ids = await readdir('/proc').catch(() => undefined);
  if (!ids) {
    return listed();
  }
  const found = await Promise.all(
    ids.filter(id => /^\d+$/.test(id)).map(id => memberOf(Number(id))),
  );
  return found.flatMap(each => each ?? []);
}

async function memberOf(pid: number): Promise<GroupMember | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    const [state, , group] = stat.slice(end + 2).split(' ');
    return state === 'Z'
      ? undefined
      : {
          pid,
          group: Number(group),
          name: stat.slice(stat.indexOf('(') + 1, end),
        };
  } catch {
    return undefined;
  }
}

async function listed(): Promise<GroupMember[]> {
  const { stdout } = await promisify(execFile)('ps', [
    '-Ao',
    'pid=,pgid=,ucomm=',
  ]);
  return stdout.split('\n').flatMap(line => {
    const [pid, group, name = ''] = line.trim().split(/\s+/);
    return pid ? [{ pid: Number(pid), group: Number(group), name }] : [];
  });
}
