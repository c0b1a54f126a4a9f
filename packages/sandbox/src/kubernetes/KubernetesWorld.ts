import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ClusterGateway } from './access/ClusterGateway';
import { credentialsIn } from './access/credentials';
import { kubernetesEnvironment, writeKubeconfig } from './access/environment';
import { AttachedCluster } from './cluster/AttachedCluster';
import type { PodCounts } from './cluster/ClusterReader';
import { CLUSTER_REGIONS, type ClusterRole } from './content/types';
import { ContainerLogs } from './metrics/ContainerLogs';
import { EksReader } from './nodes/EksReader';
import type { NodeGroup } from './nodes/types';
import {
  chooseSource,
  reasonForNone,
  type SourceOptions,
} from './sources/chooseSource';
import type { ClusterProcess, Clusters, ClusterSource } from './sources/types';

const DARK_WATCH_MS = 300;
const ROLES: readonly ClusterRole[] = ['primary', 'standby'];

/** What the clusters follow. */
export interface Surroundings {
  /** Of the emulator itself, not of the gateway; undefined: EKS is not there. */
  emulatorUrl?: string;
  /** Whether a region or a zone is without power. */
  isDark: (place: string) => boolean;
  /** What a system serves in a region; 1 is its usual peak. */
  load: (system: string, region: string) => number;
}

/** Options of {@link KubernetesWorld.start}. */
export interface KubernetesWorldOptions {
  rootDir: string;
  /** The sandbox's folder; everything of Kubernetes is in `kubernetes` below it. */
  dir: string;
  logDir: string;
  surroundings: Surroundings;
  /** On loopback, of the ways into the two clusters; 0 takes a free one. */
  ports?: Record<ClusterRole, number>;
  /** Node groups for regions whose EKS has no cluster of a seed system. */
  otherwise: (region: string) => NodeGroup[];
  /** How long a node may be silent before it counts as lost; Kubernetes' own 50 unless told. */
  nodeGraceSeconds?: number;
  /** The clusters come up after that, so that they take no time from what is more urgent. */
  after?: Promise<unknown>;
  env?: NodeJS.ProcessEnv;
  /** Told one line for a person. */
  onMessage: (message: string) => void;
  /** Called when {@link KubernetesWorld.progress} or the processes have changed. */
  onChange: () => void;
}

/** The two clusters of the sandbox: primary in us-east-1 and standby in us-west-2. */
export class KubernetesWorld {
  readonly environment: Record<string, string>;
  /** Resolves when both clusters are up; rejects when they cannot be. */
  readonly attached: Promise<void>;
  readonly #options: KubernetesWorldOptions;
  readonly #sourceOptions: SourceOptions;
  readonly #gateways: Record<ClusterRole, ClusterGateway>;
  readonly #attached: Partial<Record<ClusterRole, AttachedCluster>> = {};
  readonly #logs: ContainerLogs;
  readonly #eks: EksReader[] = [];
  readonly #dark = new Set<ClusterRole>();
  readonly #darkWatch: NodeJS.Timeout;
  #source?: ClusterSource;
  #clusters?: Clusters;
  #progress = 'starting';
  #isStopping = false;
  #onStop = () => {};
  readonly #stopped = new Promise<void>(resolve => {
    this.#onStop = resolve;
  });

  /** Opens the ways in and returns; the clusters come up behind them. A string says why there can be none. */
  static async start(
    options: KubernetesWorldOptions,
  ): Promise<KubernetesWorld | string> {
    const { rootDir, logDir, env = process.env } = options;
    const reason = reasonForNone({ rootDir, logDir, env });
    if (reason) {
      return reason;
    }
    const dir = path.join(options.dir, 'kubernetes');
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const credentials = credentialsIn(dir);
    const world: { current?: KubernetesWorld } = {};
    const gateways = {} as Record<ClusterRole, ClusterGateway>;
    for (const role of ROLES) {
      gateways[role] = await ClusterGateway.start({
        port: options.ports?.[role] ?? 0,
        credentials,
        isDark: () => options.surroundings.isDark(CLUSTER_REGIONS[role]),
        absence: () =>
          `The sandbox's ${role} cluster is not up: ${world.current?.progress}.`,
      });
    }
    world.current = new KubernetesWorld(options, gateways, {
      rootDir,
      dir,
      logDir,
      containerLogDir: path.join(logDir, 'containers'),
      credentials,
      env,
      stagesFile: path.join(rootDir, 'packages/sandbox/kubernetes/stages.yaml'),
      nodeGraceSeconds: options.nodeGraceSeconds ?? 50,
      onMessage: options.onMessage,
    });
    return world.current;
  }

  private constructor(
    options: KubernetesWorldOptions,
    gateways: Record<ClusterRole, ClusterGateway>,
    source: SourceOptions,
  ) {
    this.#options = options;
    this.#sourceOptions = source;
    this.#gateways = gateways;
    const { credentials, dir, containerLogDir } = source;
    const urls = {
      primary: gateways.primary.url,
      standby: gateways.standby.url,
    };
    const kubeconfig = path.join(dir, 'kubeconfig');
    writeKubeconfig(kubeconfig, urls, credentials);
    this.environment = kubernetesEnvironment(urls, credentials, kubeconfig);
    this.#logs = new ContainerLogs(
      containerLogDir,
      system => options.surroundings.load(system, CLUSTER_REGIONS.primary),
      message =>
        options.onMessage(
          `kubernetes: logs of containers cannot be written: ${message}`,
        ),
    );
    this.#darkWatch = setInterval(() => this.#followTheDark(), DARK_WATCH_MS);
    this.attached = this.#attach();
    this.attached.catch(() => {});
  }

  /** What it is at, in a few words. */
  get progress(): string {
    return this.#progress;
  }

  /** What the clusters are; empty until it is decided where they come from. */
  get description(): string {
    return this.#source?.description ?? '';
  }

  get processes(): ClusterProcess[] {
    return this.#clusters?.processes ?? [];
  }

  /** Address of the way into the primary cluster. */
  get url(): string {
    return this.#gateways.primary.url;
  }

  /** For the person whose machine it is; also in the kubeconfig. */
  get adminToken(): string {
    return this.#sourceOptions.credentials.tokens.admin;
  }

  /** Whether {@link stop} was called, so that an end is no surprise. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Pods of the systems in a region; undefined where there is no cluster. Seen from inside: also in the dark. */
  async pods(region: string): Promise<Record<string, PodCounts> | undefined> {
    const role = ROLES.find(name => CLUSTER_REGIONS[name] === region);
    return role && this.#attached[role]?.reader.counts();
  }

  /** Leaves no process and no open port; the clusters' state stays. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#onStop();
    clearInterval(this.#darkWatch);
    this.#logs.stop();
    if (!this.#clusters) {
      await this.#source?.abort();
    }
    await this.attached.catch(() => {});
    await Promise.all(ROLES.map(role => this.#attached[role]?.detach()));
    await Promise.all(ROLES.map(role => this.#gateways[role].stop()));
    this.#eks.forEach(reader => reader.close());
    await this.#clusters?.stop();
  }

  async #attach(): Promise<void> {
    try {
      await Promise.race([this.#options.after, this.#stopped]);
      this.#source = await chooseSource(this.#sourceOptions);
      if (this.#isStopping) {
        throw new Error('The start was stopped.');
      }
      this.#clusters = await this.#source.start(words => this.#tell(words));
      this.#clusters.processes.forEach(part => this.#tellOfItsEnd(part));
      this.#logs.start();
      const { addresses } = this.#clusters;
      await Promise.all(
        ROLES.filter(role => addresses[role]).map(role => this.#join(role)),
      );
      this.#tell('up');
    } catch (error) {
      if (!this.#isStopping) {
        this.#tell((error as Error).message.split('\n')[0]);
      }
      throw error;
    }
  }

  async #join(role: ClusterRole): Promise<void> {
    const { surroundings, onMessage } = this.#options;
    const { addresses, isLocal, extras } = this.#clusters!;
    const region = CLUSTER_REGIONS[role];
    if (this.#isStopping) {
      throw new Error('The start was stopped.');
    }
    this.#attached[role] = await AttachedCluster.attach({
      role,
      address: addresses[role]!,
      gateway: this.#gateways[role],
      credentials: this.#sourceOptions.credentials,
      nodeGroups: this.#nodeGroupsOf(region),
      isDark: surroundings.isDark,
      load: system => surroundings.load(system, region),
      isLocal,
      extras,
      onTrouble: message => onMessage(`kubernetes (${role}): ${message}`),
    });
  }

  /** What EKS has, and for seed systems that it does not have yet what their documents say. */
  #nodeGroupsOf(region: string): () => Promise<NodeGroup[]> {
    const { surroundings, otherwise } = this.#options;
    if (!surroundings.emulatorUrl) {
      return async () => otherwise(region);
    }
    const reader = new EksReader(surroundings.emulatorUrl, region);
    this.#eks.push(reader);
    return () => reader.nodeGroups();
  }

  #followTheDark(): void {
    for (const role of ROLES) {
      const isDark = this.#options.surroundings.isDark(CLUSTER_REGIONS[role]);
      if (isDark && !this.#dark.has(role)) {
        this.#gateways[role].dropConnections();
      }
      if (isDark) {
        this.#dark.add(role);
      } else {
        this.#dark.delete(role);
      }
    }
  }

  async #tellOfItsEnd({ name, running, logFile }: ClusterProcess) {
    const end = await running.ended;
    if (!this.#isStopping) {
      this.#options.onMessage(
        `kubernetes: ${name} ended by itself (${
          end.signal ?? `code ${end.code}`
        }); see ${logFile}. Start the sandbox again to get it back; the clusters' state is kept.`,
      );
      this.#tell(`${name} has ended: start the sandbox again`);
    }
  }

  #tell(words: string): void {
    if (words !== this.#progress) {
      this.#progress = words;
      this.#options.onChange();
    }
  }
}
