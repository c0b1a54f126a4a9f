import type { KubernetesObject } from '../content/types';

export interface Deployment extends KubernetesObject {
  spec: { replicas: number };
  status: {
    observedGeneration?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    replicas?: number;
  };
}

export interface Node extends KubernetesObject {
  status: { conditions?: Array<{ type: string; status: string }> };
}

export interface Pod extends KubernetesObject {
  spec: { nodeName?: string };
  status: {
    phase: string;
    conditions?: Array<{ type: string; status: string; reason?: string }>;
    containerStatuses?: Array<{
      restartCount: number;
      state: { waiting?: { reason: string } };
      lastState: { terminated?: { exitCode: number } };
    }>;
  };
}

export interface Autoscaler extends KubernetesObject {
  status: {
    desiredReplicas: number;
    currentMetrics?: Array<{
      resource: { current: { averageUtilization?: number } };
    }>;
  };
}

/** Whether every replica of every Deployment runs the newest version and is ready. */
export function areWhole(deployments: Deployment[]): boolean {
  return deployments.every(
    ({ metadata, spec, status }) =>
      status.observedGeneration === metadata.generation &&
      status.readyReplicas === spec.replicas &&
      status.updatedReplicas === spec.replicas &&
      status.replicas === spec.replicas,
  );
}

/** How many nodes are ready, by zone; zones whose nodes are not count 0. */
export function readyByZone(nodes: Node[]): Record<string, number> {
  const zones: Record<string, number> = {};
  for (const { metadata, status } of nodes) {
    const isReady =
      status.conditions?.some(
        ({ type, status: value }) => type === 'Ready' && value === 'True',
      ) ?? false;
    const zone = metadata.labels!['topology.kubernetes.io/zone'];
    zones[zone] = (zones[zone] ?? 0) + Number(isReady);
  }
  return zones;
}
