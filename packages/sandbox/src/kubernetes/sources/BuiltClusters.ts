import path from 'node:path';
import type { Credentials } from '../access/credentials';
import type { KubernetesProgram } from '../binaries/KubernetesProgram';
import { ControlPlane } from '../controlplane/ControlPlane';
import { EtcdServer } from '../controlplane/EtcdServer';
import type { Clusters, ClusterSource } from './types';

/** Options of {@link BuiltClusters}. */
export interface BuiltClustersOptions {
  program: KubernetesProgram;
  rootDir: string;
  dir: string;
  logDir: string;
  containerLogDir: string;
  credentials: Credentials;
  nodeGraceSeconds: number;
  onMessage: (message: string) => void;
}

/** Kubernetes' own programs, built once from their Go modules. */
export class BuiltClusters implements ClusterSource {
  readonly #options: BuiltClustersOptions;
  readonly #started: Array<{ stop(): Promise<void> }> = [];
  readonly #abort = new AbortController();

  constructor(options: BuiltClustersOptions) {
    this.#options = options;
  }

  get description(): string {
    return `Kubernetes ${
      this.#options.program.version
    }, its API servers without machines (kwok)`;
  }

  async start(onProgress: (words: string) => void): Promise<Clusters> {
    const { program, logDir } = this.#options;
    await program.build(onProgress);
    onProgress('starting');
    try {
      const etcd = await this.#keep(
        EtcdServer.start({
          ...this.#options,
          program: program.file,
          signal: this.#abort.signal,
        }),
      );
      const [primary, standby] = await Promise.all(
        (['primary', 'standby'] as const).map(role =>
          this.#keep(
            ControlPlane.start({
              ...this.#options,
              role,
              signal: this.#abort.signal,
              program: program.file,
              etcdUrl: etcd.url,
              stagesFile: path.join(
                this.#options.rootDir,
                'packages/sandbox/kubernetes/stages.yaml',
              ),
            }),
          ),
        ),
      );
      return {
        addresses: { primary: primary.address, standby: standby.address },
        isLocal: true,
        extras: [],
        processes: [
          {
            name: 'etcd',
            running: etcd.process,
            logFile: path.join(logDir, 'kubernetes-etcd.log'),
          },
          ...[primary, standby].flatMap(({ role, processes }) =>
            processes.map(({ part, running }) => ({
              name: `${part} (${role})`,
              running,
              logFile: path.join(logDir, `kubernetes-${role}-${part}.log`),
            })),
          ),
        ],
        stop: () => this.#stop(),
      };
    } catch (error) {
      await this.#stop();
      throw error;
    }
  }

  async abort(): Promise<void> {
    this.#abort.abort();
    await this.#options.program.stop();
    await this.#stop();
  }

  /** So that a start that is aborted leaves nothing, whatever it had come to. */
  async #keep<T extends { stop(): Promise<void> }>(
    starting: Promise<T>,
  ): Promise<T> {
    const started = await starting;
    this.#started.push(started);
    if (this.#abort.signal.aborted) {
      throw new Error('The start was stopped.');
    }
    return started;
  }

  async #stop(): Promise<void> {
    const [etcd, ...planes] = this.#started.splice(0);
    await Promise.all(planes.map(plane => plane.stop()));
    await etcd?.stop();
  }
}
