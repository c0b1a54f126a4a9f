import { number } from './options';
import type { SandboxClient } from './SandboxClient';

/** Sets how far replicas of a kind are behind, and says how far all are. */
export async function lag(
  sandbox: SandboxClient,
  [kind, text]: string[],
): Promise<string[]> {
  if (kind !== undefined && text === undefined) {
    throw new Error(
      'How many seconds? script/sandbox lag rds 30, or: script/sandbox lag rds usual',
    );
  }
  const seconds = text === 'usual' ? null : number('lag', text);
  const told = await sandbox.call<{ lag: Record<string, number> }>(
    kind === undefined ? 'GET' : 'POST',
    'emulator/lag',
    kind === undefined ? undefined : { kind, seconds },
  );
  return Object.entries(told.lag).map(
    ([name, value]) => `${name.padEnd(12)} ${value} s behind`,
  );
}
