import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Diagnostic,
  diagnosticOf,
  type OutputLine,
} from '../binary/output';
import { ERROR_FILE, type Worker } from './launchWorker';
import { OutputReader } from './OutputReader';
import { endPlugins } from './plugins';
import { probe } from './processIdentity';

const POLL_MILLISECONDS = 200;

export interface WorkerEnd {
  /** Whether Terraform said that all is done. */
  isComplete: boolean;
  diagnostics: Diagnostic[];
  stderr: string;
}

/**
 * Follows a worker's output from the given place until the process has ended. When the signal aborts, Terraform itself
 * (not its plug-ins) is asked once to end, which it does after it has saved its state and let go of the lock. Plug-ins
 * that a killed Terraform left behind are ended too: what they are at would go on otherwise.
 */
export async function followWorker(
  worker: Worker,
  options: {
    /** Bytes of the output that were told already. */
    offset: number;
    signal: AbortSignal;
    /** Where Terraform does not end, so long after it was asked, it is made to. */
    endSeconds: number;
    onLines: (lines: OutputLine[], offset: number) => Promise<void>;
  },
): Promise<WorkerEnd> {
  const { signal, endSeconds, onLines } = options;
  const lines = await OutputReader.from(worker.folder, options.offset);
  const diagnostics: Diagnostic[] = [];
  let isComplete = false;
  let askedAt: number | undefined;
  let tells = true;
  const read = async () => {
    const fresh = await lines.next();
    for (const line of fresh) {
      diagnostics.push(...diagnosticOf(line));
      isComplete ||= isLastWord(line);
    }
    if (fresh.length > 0 && tells) {
      await onLines(fresh, lines.offset).catch(error => {
        if (!signal.aborted) {
          throw error;
        }
        tells = false;
      });
    }
  };
  try {
    for (;;) {
      const isAlive = (await probe(worker.process)) === 'alive';
      await read();
      if (!isAlive) {
        break;
      }
      if (signal.aborted) {
        if (askedAt === undefined) {
          askedAt = performance.now();
          send(worker, 'SIGINT');
        } else if (performance.now() - askedAt > endSeconds * 1000) {
          send(worker, 'SIGKILL');
        }
      }
      await delay(POLL_MILLISECONDS);
    }
  } finally {
    await lines.close();
  }
  await endPlugins(worker.process);
  const hasFailed = diagnostics.some(({ severity }) => severity === 'error');
  return {
    isComplete: isComplete && !hasFailed,
    diagnostics,
    stderr: await errorsOf(worker),
  };
}

function isLastWord({ type, changes }: OutputLine): boolean {
  return (
    type === 'change_summary' &&
    ['apply', 'destroy'].includes(changes?.operation ?? '')
  );
}

function send({ process: { pid } }: Worker, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

async function errorsOf({ folder }: Worker): Promise<string> {
  return readFile(path.join(folder, ERROR_FILE), 'utf8').catch(() => '');
}
