import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { processIdentity } from '../../processes/processTable';

/**
 * One holder at a time among the processes of a machine. The holder is a folder that is made whole and renamed into
 * place, so that two can never both have it; one whose holder has died is taken over.
 */
export class FolderLock {
  readonly #folder: string;
  #isHeld = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whether it is ours now. */
  take(): boolean {
    if (this.#isHeld) {
      return true;
    }
    if (isAbandoned(this.#folder)) {
      // Renamed first: of several that see the same dead holder, one alone succeeds.
      const grave = `${this.#folder}.${process.pid}.dead`;
      try {
        renameSync(this.#folder, grave);
        if (!isAbandoned(grave)) {
          // Another had taken it over in between.
          renameSync(grave, this.#folder);
          return false;
        }
      } catch {
        // Another was faster, or there is none.
      }
      rmSync(grave, { recursive: true, force: true });
    }
    const mine = `${this.#folder}.${process.pid}`;
    rmSync(mine, { recursive: true, force: true });
    mkdirSync(mine, { recursive: true });
    writeFileSync(
      path.join(mine, 'holder.json'),
      JSON.stringify({
        pid: process.pid,
        identity: processIdentity(process.pid),
      }),
    );
    try {
      // Fails while there is a folder that is not empty.
      renameSync(mine, this.#folder);
      this.#isHeld = true;
    } catch {
      rmSync(mine, { recursive: true, force: true });
    }
    return this.#isHeld;
  }

  release(): void {
    if (this.#isHeld) {
      this.#isHeld = false;
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }
}

function isAbandoned(folder: string): boolean {
  try {
    const { pid, identity } = JSON.parse(
      readFileSync(path.join(folder, 'holder.json'), 'utf8'),
    ) as { pid: number; identity: string };
    return processIdentity(pid) !== identity;
  } catch {
    return false;
  }
}
