import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  eventually,
  isGroupAlive,
  processIdentity,
  signal,
} from '../processes/processTable';
import type { PartStatus } from './types';

/** What a running sandbox leaves on disk about itself. */
export interface RunRecord {
  pid: number;
  identity?: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  gatewayUrl?: string;
  /** What programs need to use the sandbox. */
  environment: Record<string, string>;
  parts: Array<PartStatus & { identity?: string }>;
}

/** How long processes that lost their supervisor are given to end by themselves; the longest grace of any part. */
const ORPHAN_GRACE_MS = 22_000;

/** The file in which a sandbox says what it runs, so that the next one knows what a killed one left. */
export class RunFile {
  readonly #file: string;

  constructor(dir: string) {
    this.#file = path.join(dir, 'run.json');
  }

  read(): RunRecord | undefined {
    try {
      const record = JSON.parse(readFileSync(this.#file, 'utf8')) as RunRecord;
      return Array.isArray(record.parts) ? record : undefined;
    } catch {
      return undefined;
    }
  }

  /** The record, when the supervisor that wrote it still runs. */
  readRunning(): RunRecord | undefined {
    const record = this.read();
    return record && processIdentity(record.pid) === record.identity
      ? record
      : undefined;
  }

  write(
    known: Pick<RunRecord, 'startedAt' | 'gatewayUrl' | 'environment'>,
    parts: PartStatus[],
  ): void {
    const record: RunRecord = {
      ...known,
      pid: process.pid,
      identity: processIdentity(process.pid),
      parts: parts.map(part => ({
        ...part,
        identity: processIdentity(part.pid),
      })),
    };
    mkdirSync(path.dirname(this.#file), { recursive: true });
    const partial = `${this.#file}.${process.pid}`;
    writeFileSync(partial, `${JSON.stringify(record, undefined, 2)}\n`, {
      mode: 0o600,
    });
    renameSync(partial, this.#file);
  }

  /** Ends what a killed supervisor left; only processes that are still the ones it started. */
  async endLeftovers(): Promise<void> {
    for (const part of this.read()?.parts ?? []) {
      const isOurs = () =>
        part.pid !== process.pid &&
        part.identity !== undefined &&
        processIdentity(part.pid) === part.identity;
      if (isOurs() && !(await eventually(() => !isOurs(), ORPHAN_GRACE_MS))) {
        signal(-part.pid, 'SIGKILL');
        await eventually(() => !isGroupAlive(part.pid), 2_000);
      }
    }
    rmSync(this.#file, { force: true });
  }

  /** Takes the record away, unless it is another sandbox's. */
  removeOwn(): void {
    if (this.read()?.pid === process.pid) {
      rmSync(this.#file, { force: true });
    }
  }
}
