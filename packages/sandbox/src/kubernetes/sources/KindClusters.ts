import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ClusterRole } from '../content/types';
import { inClusterKwok } from './inClusterKwok';
import { readKubeconfig } from './kubeconfig';
import type { Clusters, ClusterSource } from './types';

const run = promisify(execFile);
const ASK_MS = 5_000;
/** An image that is not on the machine yet has to be fetched. */
const CREATE_MS = 10 * 60_000;
const ROLES: readonly ClusterRole[] = ['primary', 'standby'];

/** Whether the programs that kind needs are on the PATH. */
export function hasKind(env: NodeJS.ProcessEnv): boolean {
  const folders = (env.PATH ?? '').split(path.delimiter);
  return ['kind', 'docker'].every(name =>
    folders.some(folder => existsSync(path.join(folder, name))),
  );
}

/** Whether kind can work: a Docker engine answers. */
export async function canUseKind(env: NodeJS.ProcessEnv): Promise<boolean> {
  if (!hasKind(env)) {
    return false;
  }
  try {
    await run('docker', ['info', '--format', '{{.ServerVersion}}'], {
      timeout: ASK_MS,
    });
    return true;
  } catch {
    return false;
  }
}

/** Two clusters of kind, made the first time and kept: `kind delete cluster --name slipway-primary` removes one. */
export class KindClusters implements ClusterSource {
  readonly description =
    'kind on Docker, clusters slipway-primary and slipway-standby';
  readonly #dir: string;
  readonly #stagesFile: string;
  readonly #abort = new AbortController();

  constructor(dir: string, stagesFile: string) {
    this.#dir = path.join(dir, 'kind');
    this.#stagesFile = stagesFile;
  }

  async start(onProgress: (words: string) => void): Promise<Clusters> {
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    const { stdout } = await this.#kind('get', 'clusters');
    const existing = stdout.split('\n').map(name => name.trim());
    const addresses: Clusters['addresses'] = {};
    for (const role of ROLES) {
      const name = `slipway-${role}`;
      const file = path.join(this.#dir, `${role}.kubeconfig`);
      if (existing.includes(name)) {
        await this.#kind(
          'export',
          'kubeconfig',
          '--name',
          name,
          '--kubeconfig',
          file,
        );
      } else {
        onProgress(`kind makes ${name}`);
        await this.#kind(
          'create',
          'cluster',
          '--name',
          name,
          '--kubeconfig',
          file,
          '--wait',
          '120s',
        );
      }
      addresses[role] = readKubeconfig(file).primary;
    }
    return {
      addresses,
      isLocal: false,
      extras: inClusterKwok(this.#stagesFile),
      processes: [],
      stop: async () => {},
    };
  }

  async abort(): Promise<void> {
    this.#abort.abort();
  }

  #kind(...args: string[]) {
    return run('kind', args, {
      timeout: CREATE_MS,
      signal: this.#abort.signal,
    });
  }
}
