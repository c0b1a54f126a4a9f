import type { KubernetesClient } from '../client/KubernetesClient';
import type { KubernetesObject } from '../content/types';
import {
  KUBELET_IS_SILENT,
  KUBELET_LABEL,
  KUBELET_RUNS,
} from '../controlplane/arguments';
import { GROUP_LABEL, nodeObject } from './nodeObject';
import { planNodes, wantedNodes } from './nodePlan';
import type { NodeGroup } from './types';

/** Options of {@link NodeController}. */
interface NodeControllerOptions {
  client: KubernetesClient;
  /** What EKS has; called at each look. */
  nodeGroups: () => Promise<NodeGroup[]>;
  /** Whether a zone has no power. */
  isDark: (zone: string) => boolean;
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
  #isInTrouble = false;
  #isStopped = false;

  constructor(options: NodeControllerOptions) {
    this.#options = options;
  }

  /** Looks once, then again and again. */
  async start(): Promise<void> {
    await this.look();
    if (!this.#isStopped) {
      this.#timer = setTimeout(() => this.start(), this.#options.everyMs);
    }
  }

  /** Brings the nodes up to date now; never fails. */
  look(): Promise<void> {
    this.#looking ??= this.#reconcile()
      .then(() => {
        this.#isInTrouble = false;
      })
      .catch(error => {
        if (!this.#isInTrouble && !this.#isStopped) {
          this.#isInTrouble = true;
          this.#options.onTrouble((error as Error).message);
        }
      })
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  async #reconcile(): Promise<void> {
    const { client, isDark, nodeGroups } = this.#options;
    const wanted = wantedNodes(await nodeGroups(), isDark);
    const nodes = await client.list<KubernetesObject>(
      `/api/v1/nodes?labelSelector=${encodeURIComponent(GROUP_LABEL)}`,
    );
    const plan = planNodes(
      wanted,
      nodes.map(({ metadata }) => ({
        name: metadata.name,
        runs: metadata.labels?.[KUBELET_LABEL] === KUBELET_RUNS,
      })),
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
    for (const name of plan.remove) {
      await this.#drain(name);
      await client.delete(`/api/v1/nodes/${name}`);
    }
  }

  /** As EKS does before it ends a machine: nothing new comes, what is there leaves. */
  async #drain(node: string): Promise<void> {
    const { client } = this.#options;
    await client.patch(`/api/v1/nodes/${node}`, {
      type: 'merge',
      body: { spec: { unschedulable: true } },
    });
    const pods = await client.list<KubernetesObject>(
      `/api/v1/pods?fieldSelector=${encodeURIComponent(
        `spec.nodeName=${node}`,
      )}`,
    );
    for (const { metadata } of pods) {
      await client.delete(
        `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`,
      );
    }
  }
}
