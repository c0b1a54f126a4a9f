import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');
/** Set to the folder of a portal that runs already (e.g. .local), the tests use that one and leave it running. */
export const RUNNING_DIR = process.env.E2E_DIR;
/** The world of the browser tests; a developer's own is in .local. */
export const E2E_DIR = RUNNING_DIR ?? path.join(ROOT, '.local/e2e/world');

interface RunRecord {
  gatewayUrl?: string;
  parts: Array<{ name: string; pid: number; port: number; state: string }>;
}

function record(): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(path.join(E2E_DIR, 'run.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

function part(name: string) {
  const found = record()?.parts.find(candidate => candidate.name === name);
  if (!found) {
    throw new Error(`The portal under test runs no part "${name}".`);
  }
  return found;
}

/** What the running portal says of itself. */
export const portal = {
  isReady: () =>
    record()?.parts.some(
      ({ name, state }) => name === 'app' && state === 'running',
    ) ?? false,
  pids: () => record()!.parts.map(({ pid }) => pid),
  appUrl: () => `http://localhost:${part('app').port}`,
  backendUrl: () => `http://localhost:${part('backend').port}`,
  awsUrl: () => record()!.gatewayUrl!,
};
