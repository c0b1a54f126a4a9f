import {
  type KubernetesClient,
  KubernetesError,
} from '../client/KubernetesClient';
import type { KubernetesObject } from '../content/types';
import {
  KUBELET_IS_SILENT,
  KUBELET_LABEL,
  KUBELET_RUNS,
} from '../controlplane/arguments';
import { GROUP_LABEL, nodeObject } from './nodeObject';
import { planNodes, wantedNodes } from './nodePlan';
import type { NodeGroup } from './types';

const WHILE_DRAINING_MS = 1_000;

/** Options of {@link NodeController}. */
interface NodeControllerOptions {
  client: KubernetesClient;
  /** What EKS has; called at each look. */
  nodeGroups: () => Promise<NodeGroup[]>;
  /** Whether a zone has no power. */
  isDark: (zone: string) => boolean;
  /** How long to wait after a look; less while a node is being drained. */
  everyMs: number;
  /** Told of trouble once, until it is over. */
  onTrouble: (message: string) => void;
}

/**
 * Keeps a cluster's nodes the machines of its EKS node groups: scaling a group adds nodes or drains and removes them, and
 * the kubelets of a dark zone fall silent, so that Kubernetes itself notices and moves their pods.
 */
export class NodeController {
  readonly #options: NodeControllerOptions;
  #timer?: NodeJS.Timeout;
  #looking?: Promise<void>;
  #isDraining = false;
  #isInTrouble = false;
  #isStopped = false;

  constructor(options: NodeControllerOptions) {
    this.#options = options;
  }

  /** Looks once, then again and again. */
  async start(): Promise<void> {
    this.#looking = this.#look();
    await this.#looking;
    if (!this.#isStopped) {
      this.#timer = setTimeout(
        () => this.start(),
        this.#isDraining ? WHILE_DRAINING_MS : this.#options.everyMs,
      );
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  /** Brings the nodes up to date; never fails. */
  async #look(): Promise<void> {
    try {
      await this.#reconcile();
      this.#isInTrouble = false;
    } catch (error) {
      if (!this.#isInTrouble && !this.#isStopped) {
        this.#isInTrouble = true;
        this.#options.onTrouble((error as Error).message);
      }
    }
  }

  async #reconcile(): Promise<void> {
    const { client, isDark, nodeGroups } = this.#options;
    const wanted = wantedNodes(await nodeGroups(), isDark);
    const nodes = await client.list<KubernetesObject>(
      `/api/v1/nodes?labelSelector=${encodeURIComponent(GROUP_LABEL)}`,
    );
    const present = nodes.map(({ metadata }) => ({
      name: metadata.name,
      runs: metadata.labels?.[KUBELET_LABEL] === KUBELET_RUNS,
    }));
    const plan = planNodes(wanted, present);
    const isSilent = new Set(
      present.filter(({ runs }) => !runs).map(({ name }) => name),
    );
    for (const node of plan.create) {
      await client.create('/api/v1/nodes', nodeObject(node));
    }
    for (const { name, runs } of plan.power) {
      await client.patch(`/api/v1/nodes/${name}`, {
        type: 'merge',
        body: {
          metadata: {
            labels: {
              [KUBELET_LABEL]: runs ? KUBELET_RUNS : KUBELET_IS_SILENT,
            },
          },
        },
      });
    }
    this.#isDraining = plan.remove.length > 0;
    for (const name of plan.remove) {
      if (isSilent.has(name) || (await this.#drain(name))) {
        await client.delete(`/api/v1/nodes/${name}`);
      }
    }
  }

  /**
   * As EKS does before it ends a machine: nothing new comes, and what is there is evicted as far as disruption budgets
   * allow at the moment. True when nothing is left.
   */
  async #drain(node: string): Promise<boolean> {
    const { client } = this.#options;
    await client.patch(`/api/v1/nodes/${node}`, {
      type: 'merge',
      body: { spec: { unschedulable: true } },
    });
    const selector = encodeURIComponent(`spec.nodeName=${node}`);
    const pods = await client.list<KubernetesObject>(
      `/api/v1/pods?fieldSelector=${selector}`,
    );
    for (const { metadata } of pods) {
      if (!metadata.deletionTimestamp) {
        await this.#evict(metadata);
      }
    }
    return pods.length === 0;
  }

  async #evict({ name, namespace }: KubernetesObject['metadata']) {
    try {
      await this.#options.client.create(
        `/api/v1/namespaces/${namespace}/pods/${name}/eviction`,
        {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name, namespace },
        },
      );
    } catch (error) {
      const status = error instanceof KubernetesError ? error.status : 0;
      // Its budget is used up for now, or it has gone by itself.
      if (status !== 429 && status !== 404) {
        throw error;
      }
    }
  }
}
