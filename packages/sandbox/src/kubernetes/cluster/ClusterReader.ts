import type { KubernetesClient } from '../client/KubernetesClient';
import { SYSTEMS } from '../content';
import { PORTAL_NAMESPACE } from '../content/access';
import type { KubernetesObject } from '../content/types';
import type { MeasuredPod } from '../metrics/metricsObjects';
import { podUsage } from '../metrics/usage';

const FRESH_MS = 4_000;

/** Pods of one system in one cluster. */
export interface PodCounts {
  /** As Deployments and StatefulSets ask for. */
  desired: number;
  /** Those that take requests. */
  ready: number;
}

interface Pod extends KubernetesObject {
  spec: { nodeName?: string; containers: Array<{ name: string }> };
  status: {
    phase?: string;
    conditions?: Array<{ type: string; status: string }>;
  };
}

interface Scaled extends KubernetesObject {
  spec: { replicas?: number };
  status: { readyReplicas?: number };
}

const WORKLOADS = new Map(
  SYSTEMS.flatMap(({ system, workloads }) =>
    workloads.map(workload => [`${system}/${workload.name}`, workload]),
  ),
);

function isReady({ status }: Pod): boolean {
  return (
    status.conditions?.some(
      ({ type, status: value }) => type === 'Ready' && value === 'True',
    ) ?? false
  );
}

/** Reads what runs in a cluster, for the world and for the metrics; asks the API server every few seconds at most. */
export class ClusterReader {
  readonly #client: KubernetesClient;
  #pods?: { at: number; pods: Promise<Pod[]> };

  constructor(client: KubernetesClient) {
    this.#client = client;
  }

  /** By system; of those that have something here. */
  async counts(): Promise<Record<string, PodCounts>> {
    const [deployments, statefulSets] = await Promise.all([
      this.#client.list<Scaled>('/apis/apps/v1/deployments'),
      this.#client.list<Scaled>('/apis/apps/v1/statefulsets'),
    ]);
    const counts: Record<string, PodCounts> = {};
    for (const { metadata, spec, status } of [
      ...deployments,
      ...statefulSets,
    ]) {
      const namespace = metadata.namespace!;
      if (namespace === PORTAL_NAMESPACE || namespace.startsWith('kube-')) {
        continue;
      }
      const count = (counts[namespace] ??= { desired: 0, ready: 0 });
      count.desired += spec.replicas ?? 0;
      count.ready += status.readyReplicas ?? 0;
    }
    return counts;
  }

  /** Running pods of the seed systems with what they use while their systems serve the loads given. */
  async measured(
    load: (system: string) => number,
    now: Date,
  ): Promise<MeasuredPod[]> {
    const running = (await this.#list()).filter(
      ({ status }) => status.phase === 'Running',
    );
    const readyOf = new Map<string, number>();
    const keyOf = ({ metadata }: Pod) =>
      `${metadata.namespace}/${metadata.labels?.['app.kubernetes.io/name']}`;
    for (const pod of running.filter(isReady)) {
      readyOf.set(keyOf(pod), (readyOf.get(keyOf(pod)) ?? 0) + 1);
    }
    return running.flatMap(pod => {
      const workload = WORKLOADS.get(keyOf(pod));
      const { name, namespace, labels = {} } = pod.metadata;
      if (!workload || !isReady(pod)) {
        return [];
      }
      const usage = podUsage(workload, name, {
        load: load(namespace!),
        ready: readyOf.get(keyOf(pod)) ?? 0,
        minute: Math.floor(now.getTime() / 60_000),
      });
      return [
        {
          name,
          namespace: namespace!,
          labels,
          node: pod.spec.nodeName ?? '',
          usage: { [pod.spec.containers[0].name]: usage },
        },
      ];
    });
  }

  #list(): Promise<Pod[]> {
    if (!this.#pods || Date.now() - this.#pods.at > FRESH_MS) {
      const pods = this.#client.list<Pod>('/api/v1/pods');
      pods.catch(() => {
        this.#pods = undefined;
      });
      this.#pods = { at: Date.now(), pods };
    }
    return this.#pods.pods;
  }
}
