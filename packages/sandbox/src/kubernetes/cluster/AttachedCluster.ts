import type { ClusterGateway } from '../access/ClusterGateway';
import type { Credentials } from '../access/credentials';
import { applyContent } from '../client/applyContent';
import type { ClusterAddress } from '../client/ClusterAddress';
import { KubernetesClient } from '../client/KubernetesClient';
import { SYSTEMS } from '../content';
import { ACCOUNTS, accessManifests, PORTAL_NAMESPACE } from '../content/access';
import { manifestsOf, OWNER_LABEL } from '../content/manifests';
import type { ClusterRole, KubernetesObject } from '../content/types';
import { MetricsApi } from '../metrics/MetricsApi';
import { NodeController } from '../nodes/NodeController';
import type { NodeGroup } from '../nodes/types';
import { ClusterReader } from './ClusterReader';

const TOKEN_SECONDS = 24 * 3600;
const RENEW_MS = 8 * 3600 * 1000;
const LOOK_AT_NODES_MS = 5_000;

/** Options of {@link AttachedCluster.attach}. */
export interface AttachOptions {
  role: ClusterRole;
  /** As administrator. */
  address: ClusterAddress;
  gateway: ClusterGateway;
  credentials: Credentials;
  nodeGroups: () => Promise<NodeGroup[]>;
  isDark: (zone: string) => boolean;
  /** Of a system in this cluster's region; 1 is its usual peak. */
  load: (system: string) => number;
  /** Whether its API server can ask back on this machine. */
  isLocal: boolean;
  /** What else has to be there, e.g. kwok where it does not run as a process of ours. */
  extras?: KubernetesObject[];
  onTrouble: (message: string) => void;
}

/** A cluster that is up: the seed systems in it, its nodes kept in step with EKS, the gateway leading to it. */
export class AttachedCluster {
  readonly reader: ClusterReader;
  readonly #options: AttachOptions;
  readonly #client: KubernetesClient;
  #nodes?: NodeController;
  #metrics?: MetricsApi;
  #renewal?: NodeJS.Timeout;

  static async attach(options: AttachOptions): Promise<AttachedCluster> {
    const cluster = new AttachedCluster(options);
    try {
      await cluster.#bringUp();
      return cluster;
    } catch (error) {
      await cluster.detach();
      throw error;
    }
  }

  private constructor(options: AttachOptions) {
    this.#options = options;
    this.#client = new KubernetesClient(options.address);
    this.reader = new ClusterReader(this.#client);
  }

  /** Leaves the cluster as it is. */
  async detach(): Promise<void> {
    clearInterval(this.#renewal);
    this.#options.gateway.connect(undefined);
    await this.#nodes?.stop();
    await this.#metrics?.stop();
    this.#client.close();
  }

  async #bringUp(): Promise<void> {
    const { role, extras = [], isLocal, credentials } = this.#options;
    await this.#refuseForeignNamespaces();
    await applyContent(this.#client, [...accessManifests(), ...extras]);
    if (isLocal) {
      this.#metrics = await MetricsApi.start(credentials, () =>
        this.reader.measured(this.#options.load, new Date()),
      );
      await applyContent(this.#client, this.#metrics.manifests());
    }
    await this.#openGateway();
    this.#renewal = setInterval(
      () =>
        this.#openGateway().catch(error =>
          this.#options.onTrouble((error as Error).message),
        ),
      RENEW_MS,
    );
    this.#nodes = new NodeController({
      client: this.#client,
      nodeGroups: this.#options.nodeGroups,
      isDark: this.#options.isDark,
      everyMs: LOOK_AT_NODES_MS,
      onTrouble: this.#options.onTrouble,
    });
    await this.#nodes.start();
    await applyContent(
      this.#client,
      SYSTEMS.flatMap(content => manifestsOf(content, role)),
    );
  }

  /** A cluster of somebody else's may have namespaces of these names: they are left alone, and so is the cluster. */
  async #refuseForeignNamespaces(): Promise<void> {
    const ours = new Set([PORTAL_NAMESPACE, ...SYSTEMS.map(s => s.system)]);
    const namespaces = await this.#client.list<KubernetesObject>(
      '/api/v1/namespaces',
    );
    const [key, value] = Object.entries(OWNER_LABEL)[0];
    const foreign = namespaces
      .filter(({ metadata }) => ours.has(metadata.name))
      .filter(({ metadata }) => metadata.labels?.[key] !== value)
      .map(({ metadata }) => metadata.name);
    if (foreign.length > 0) {
      throw new Error(
        `The cluster has namespaces that are not the sandbox's: ${foreign.join(
          ', ',
        )}. Name another cluster.`,
      );
    }
  }

  async #openGateway(): Promise<void> {
    const { address, gateway } = this.#options;
    const [portal, operator] = await Promise.all(
      [ACCOUNTS.portal, ACCOUNTS.operator].map(name => this.#tokenOf(name)),
    );
    gateway.connect({
      address,
      tokens: { portal, operator, admin: address.token },
    });
  }

  async #tokenOf(account: string): Promise<string> {
    const answer = await this.#client.create<{ status: { token: string } }>(
      `/api/v1/namespaces/${PORTAL_NAMESPACE}/serviceaccounts/${account}/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: TOKEN_SECONDS },
      },
    );
    return answer.status.token;
  }
}
