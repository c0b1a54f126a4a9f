import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { GuardedProcess } from '../../processes/GuardedProcess';
import { cacheFolder, SOURCES } from './cacheFolder';
import { FolderLock } from './FolderLock';

const NAME = 'slipway-kubernetes';
/** The release that go.mod asks for, and the oldest that fetches a newer one by itself where it may. */
const NEEDED_GO = 26;
const OLDEST_GO = 21;

/** Options of {@link KubernetesProgram}. */
interface KubernetesProgramOptions {
  rootDir: string;
  logDir: string;
  env?: NodeJS.ProcessEnv;
}

/**
 * The one program that etcd, the parts of the control plane and kwok are in (`packages/sandbox/kubernetes`). It is built
 * once for each combination of versions, and shared by all clones of the user.
 */
export class KubernetesProgram {
  /** The program; it is whole as soon as it is there. */
  readonly file: string;
  readonly #moduleDir: string;
  readonly #logDir: string;
  readonly #env: NodeJS.ProcessEnv;
  #build?: GuardedProcess;
  #isStopping = false;

  constructor(options: KubernetesProgramOptions) {
    this.#moduleDir = path.join(options.rootDir, 'packages/sandbox/kubernetes');
    this.#logDir = options.logDir;
    this.#env = options.env ?? process.env;
    this.file = path.join(cacheFolder(this.#moduleDir, this.#env), NAME);
  }

  get isBuilt(): boolean {
    return existsSync(this.file);
  }

  /** The version of Kubernetes, e.g. `v1.36.3`. */
  get version(): string {
    return path.basename(path.dirname(this.file)).split('-')[0];
  }

  /** Why it cannot be built here; undefined when it can, as far as can be told without trying. */
  reasonNotToBuild(): string | undefined {
    const needed = `it is built with Go 1.${NEEDED_GO} or newer`;
    try {
      // Not in the module's folder, where an old Go would fetch another at once.
      const [version, toolchain] = execFileSync(
        'go',
        ['env', 'GOVERSION', 'GOTOOLCHAIN'],
        {
          encoding: 'utf8',
          cwd: '/',
          env: this.#env,
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      ).split('\n');
      const minor = Number(/go1\.(\d+)/.exec(version)?.[1] ?? 0);
      const canFetch = minor >= OLDEST_GO && toolchain !== 'local';
      return minor >= NEEDED_GO || canFetch
        ? undefined
        : `${needed}, and ${version} is on the PATH`;
    } catch {
      return `${needed}, and there is none on the PATH`;
    }
  }

  /** Builds it unless it is there; where another sandbox builds it at the moment, waits for that one. */
  async build(onProgress: (words: string) => void): Promise<void> {
    const folder = path.dirname(this.file);
    mkdirSync(path.dirname(folder), { recursive: true });
    const lock = new FolderLock(`${folder}.building`);
    while (!this.isBuilt) {
      if (this.#isStopping) {
        throw new Error('The build was stopped.');
      }
      if (lock.take()) {
        try {
          await this.#buildInto(folder, onProgress);
        } finally {
          lock.release();
        }
      } else {
        onProgress('another sandbox is building it');
        await new Promise(resolve => setTimeout(resolve, 1_000));
      }
    }
  }

  /** Ends a build; what the compiler has done so far stays in Go's own cache. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#build?.stop();
  }

  async #buildInto(
    folder: string,
    onProgress: (words: string) => void,
  ): Promise<void> {
    const partial = `${folder}.${process.pid}`;
    const logFile = path.join(this.#logDir, 'kubernetes-build.log');
    removeLeftovers(folder);
    mkdirSync(partial);
    for (const name of SOURCES) {
      copyFileSync(path.join(this.#moduleDir, name), path.join(partial, name));
    }
    rmSync(logFile, { force: true });
    try {
      let count = 0;
      onProgress('fetching the sources');
      const build = await GuardedProcess.start({
        name: 'The build of Kubernetes',
        command: 'nice',
        args: [
          '-n',
          '5',
          'go',
          'build',
          '-v',
          '-trimpath',
          `-ldflags=${this.#linkerFlags()}`,
          '-o',
          NAME,
          '.',
        ],
        cwd: partial,
        env: {
          ...this.#env,
          CGO_ENABLED: '0',
          GOFLAGS: '-mod=readonly -buildvcs=false',
          GOWORK: 'off',
        },
        logFile,
        onLine: line => {
          if (!line.startsWith('go: downloading')) {
            count += 1;
            onProgress(`${count} packages compiled`);
          }
        },
      });
      this.#build = build;
      const { code } = await build.ended;
      if (code !== 0) {
        throw new Error(
          this.#isStopping
            ? 'The build was stopped.'
            : `Kubernetes could not be built: ${build.lastLines(
                1,
              )} (all of it: ${logFile})`,
        );
      }
      for (const name of SOURCES) {
        rmSync(path.join(partial, name));
      }
      renameSync(partial, folder);
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  }

  /** Without them the API server would say that it is v0.0.0, and clients would believe it. */
  #linkerFlags(): string {
    const [major, minor] = this.version.slice(1).split('.');
    const base = 'k8s.io/component-base/version';
    return [
      '-s -w',
      `-X ${base}.gitVersion=${this.version}`,
      `-X ${base}.gitMajor=${major}`,
      `-X ${base}.gitMinor=${minor}`,
      `-X sigs.k8s.io/kwok/pkg/consts.Version=${this.#versionOf(
        'sigs.k8s.io/kwok',
      )}`,
    ].join(' ');
  }

  #versionOf(module: string): string {
    const mod = readFileSync(path.join(this.#moduleDir, 'go.mod'), 'utf8');
    return new RegExp(`${module} (v\\S+)`).exec(mod)?.[1] ?? 'unknown';
  }
}

/** What builders that were killed have left; only who holds the lock may ask for it. */
function removeLeftovers(folder: string): void {
  const parent = path.dirname(folder);
  for (const name of readdirSync(parent)) {
    const [start, rest] = name.split(/(?=\.\d+$)/);
    if (start === path.basename(folder) && rest !== undefined) {
      rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
}
