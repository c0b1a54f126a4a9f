import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  utimes,
} from 'node:fs/promises';
import path from 'node:path';

const READY_PREFIX = 'slipway-terraform-ready-';
const KEEP_MILLISECONDS = 7 * 24 * 3600 * 1000;
const LOCK_FILE = '.terraform.lock.hcl';

/**
 * What `init` made of the same code, backend and providers, kept so that the apply of a plan need not do it again. Holds links
 * to providers, where modules are, and the backend's place; no credentials and no variables.
 */
export class ReadyFolder {
  readonly #folder: string;

  static async of(
    workingDirectory: string,
    codeFolder: string,
    facts: string[],
  ): Promise<ReadyFolder> {
    const hash = createHash('sha256').update(JSON.stringify(facts));
    for (const file of (await codeOf(codeFolder)).sort()) {
      hash.update(path.relative(codeFolder, file)).update(await readFile(file));
    }
    const name = `${READY_PREFIX}${hash.digest('hex').slice(0, 32)}`;
    return new ReadyFolder(path.join(workingDirectory, name));
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @returns false where there is none, or its providers are gone. */
  async restore(root: string, dataFolder: string): Promise<boolean> {
    try {
      if (!(await hasProviders(path.join(this.#folder, 'data', 'providers')))) {
        return false;
      }
      await cp(path.join(this.#folder, 'data'), dataFolder, {
        recursive: true,
        verbatimSymlinks: true,
      });
      await cp(path.join(this.#folder, LOCK_FILE), path.join(root, LOCK_FILE));
      const now = new Date();
      await utimes(this.#folder, now, now);
      return true;
    } catch {
      await rm(dataFolder, { recursive: true, force: true });
      return false;
    }
  }

  /** Where providers were copied instead of linked it is not worth its place. */
  async keep(root: string, dataFolder: string): Promise<void> {
    if (
      existsSync(this.#folder) ||
      !(await hasProviders(path.join(dataFolder, 'providers')))
    ) {
      return;
    }
    const making = `${this.#folder}-${randomUUID()}`;
    try {
      await mkdir(making, { mode: 0o700 });
      await cp(dataFolder, path.join(making, 'data'), {
        recursive: true,
        verbatimSymlinks: true,
      });
      await cp(path.join(root, LOCK_FILE), path.join(making, LOCK_FILE));
      await rename(making, this.#folder);
    } catch {
      await rm(making, { recursive: true, force: true });
    }
  }
}

export function isOldReady(name: string, mtime: Date, now: Date): boolean {
  return (
    name.startsWith(READY_PREFIX) &&
    now.getTime() - mtime.getTime() > KEEP_MILLISECONDS
  );
}

/** Whether each provider is a link to where it lies. */
async function hasProviders(folder: string): Promise<boolean> {
  const entries = await readdir(folder, {
    withFileTypes: true,
    recursive: true,
  });
  const links = entries.filter(entry => entry.isSymbolicLink());
  return (
    links.length > 0 &&
    links.every(({ parentPath, name }) =>
      existsSync(path.join(parentPath, name)),
    )
  );
}

async function codeOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {
    withFileTypes: true,
    recursive: true,
  });
  return entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.tf'))
    .map(({ parentPath, name }) => path.join(parentPath, name));
}
