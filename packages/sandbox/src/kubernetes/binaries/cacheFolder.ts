import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What decides what is built; a change of any gives another program. */
export const SOURCES = ['go.mod', 'go.sum', 'main.go'];

/**
 * Where the built program is kept, outside of the clone so that other clones and later ones find it:
 * `~/.cache/slipway/kubernetes/<versions>-<platform>`.
 */
export function cacheFolder(
  moduleDir: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const root = env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const hash = createHash('sha256');
  for (const name of SOURCES) {
    hash.update(readFileSync(path.join(moduleDir, name)));
  }
  const version = /k8s\.io\/kubernetes (v[\d.]+)/.exec(
    readFileSync(path.join(moduleDir, 'go.mod'), 'utf8'),
  )?.[1];
  return path.join(
    root,
    'slipway/kubernetes',
    `${version}-${hash.digest('hex').slice(0, 12)}-${process.platform}-${
      process.arch
    }`,
  );
}
