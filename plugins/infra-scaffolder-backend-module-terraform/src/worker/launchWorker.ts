import { spawn } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Operation } from '@slipway/plugin-infra-scaffolder-common';
import { WORKER_FILE } from '../workspace/sweep';
import type { Workspace } from '../workspace/Workspace';
import { identify, type ProcessIdentity } from './processIdentity';

/** A Terraform process that changes AWS, as the journal knows it. */
export type Worker = {
  process: ProcessIdentity;
  runId: string;
  operation: Operation;
  planSha256: string;
  /** ISO 8601, by the clock of its machine, as the lock's. */
  launchedAt: string;
  /** Where its output is. */
  folder: string;
  /** When its credentials end; absent where they do not. */
  credentialsUntil?: string;
  /** It came to its end and all is done; otherwise AWS may hold what the state does not know. */
  isComplete?: boolean;
};

export const OUTPUT_FILE = 'apply.jsonl';
export const ERROR_FILE = 'apply.err';

const WAIT_FOR_WORD = 'read -r go || exit 75; exec "$@"';

/** A process that does nothing until it is told to, so that it can be journalled first. */
export interface GatedWorker {
  process: ProcessIdentity;
  /** Lets it begin. */
  go(): void;
  /** Ends it before it has begun. */
  abandon(): void;
}

/**
 * Starts Terraform behind a gate. It writes into files, and in a process group of its own, so that it works on to a clean
 * end when the back end dies.
 */
export async function launchWorker(
  workspace: Workspace,
  args: string[],
): Promise<GatedWorker> {
  const [out, err] = await Promise.all([
    open(path.join(workspace.folder, OUTPUT_FILE), 'a', 0o600),
    open(path.join(workspace.folder, ERROR_FILE), 'a', 0o600),
  ]);
  try {
    const child = spawn(
      '/bin/sh',
      ['-c', WAIT_FOR_WORD, 'sh', workspace.binary, ...args],
      {
        cwd: workspace.root,
        env: workspace.env,
        detached: true,
        stdio: ['pipe', out.fd, err.fd],
      },
    );
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    const stdin = child.stdin!;
    stdin.on('error', () => {});
    const identity = await identify(child.pid!);
    await writeFile(
      path.join(workspace.folder, WORKER_FILE),
      JSON.stringify(identity),
    );
    return {
      process: identity,
      go: () => {
        stdin.end('go\n');
      },
      abandon: () => {
        stdin.destroy();
      },
    };
  } finally {
    await Promise.all([out.close(), err.close()]);
  }
}
