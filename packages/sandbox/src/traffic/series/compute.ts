import type { ComponentFlow, RegionFlow, SystemFlow } from '../model/flow';
import type { Family, Meter } from './types';

const NODE_CPU: Family = {
  name: 'node_cpu_seconds_total',
  type: 'counter',
  help: 'CPU time of all nodes of a system in a region, by mode.',
  digits: 1,
};
const NODE_MEMORY: Family = {
  name: 'node_memory_MemTotal_bytes',
  type: 'gauge',
  help: 'Memory of all nodes.',
};
const NODE_AVAILABLE: Family = {
  name: 'node_memory_MemAvailable_bytes',
  type: 'gauge',
  help: 'Memory of all nodes that is not in use.',
};
const RECEIVED: Family = {
  name: 'node_network_receive_bytes_total',
  type: 'counter',
  help: 'Bytes that all nodes received.',
};
const SENT: Family = {
  name: 'node_network_transmit_bytes_total',
  type: 'counter',
  help: 'Bytes that all nodes sent.',
};
const NODE_STATUS: Family = {
  name: 'kube_node_status_condition',
  type: 'gauge',
  help: 'Nodes that are ready, by zone.',
};
const NODES_DESIRED: Family = {
  name: 'aws_autoscaling_group_desired_capacity_average',
  type: 'gauge',
  help: 'Nodes that the node groups are to have.',
};
const NODES_MIN: Family = {
  name: 'cluster_autoscaler_node_group_min_count',
  type: 'gauge',
  help: 'The fewest nodes that the autoscaler keeps.',
};
const NODES_MAX: Family = {
  name: 'cluster_autoscaler_node_group_max_count',
  type: 'gauge',
  help: 'The most nodes that the autoscaler takes.',
};
const API_SERVER: Family = {
  name: 'apiserver_request_total',
  type: 'counter',
  help: 'Calls to the API server of the cluster.',
};
const REPLICAS: Family = {
  name: 'kube_deployment_status_replicas_available',
  type: 'gauge',
  help: 'Pods that serve.',
};
const WANTED: Family = {
  name: 'kube_horizontalpodautoscaler_status_desired_replicas',
  type: 'gauge',
  help: 'Pods that the autoscaler wants.',
};
const HPA_MIN: Family = {
  name: 'kube_horizontalpodautoscaler_spec_min_replicas',
  type: 'gauge',
  help: 'The fewest pods that the autoscaler keeps.',
};
const HPA_MAX: Family = {
  name: 'kube_horizontalpodautoscaler_spec_max_replicas',
  type: 'gauge',
  help: 'The most pods that the autoscaler takes.',
};
const REQUESTED: Family = {
  name: 'kube_pod_container_resource_requests',
  type: 'gauge',
  help: 'What all pods of a component request: cores, bytes.',
  digits: 3,
};
const POD_CPU: Family = {
  name: 'container_cpu_usage_seconds_total',
  type: 'counter',
  help: 'CPU time of all pods of a component.',
  digits: 1,
};
const POD_MEMORY: Family = {
  name: 'container_memory_working_set_bytes',
  type: 'gauge',
  help: 'Memory in use by all pods of a component.',
};
const SCALE_OUT: Family = {
  name: 'pod_scale_out_seconds',
  type: 'histogram',
  help: 'From the load that asks for a pod until the pod serves.',
};
const SCALE_OUT_BOUNDS = [30, 45, 60, 75, 90, 120, 180, 300];
const DEPLOYED_AT: Family = {
  name: 'deployment_last_timestamp_seconds',
  type: 'gauge',
  help: 'When the last deployment ended; it changes with each.',
};
const DEPLOYMENTS: Family = {
  name: 'deployments_total',
  type: 'counter',
  help: 'Deployments, by how they ended.',
};
const DEPLOY_TIME: Family = {
  name: 'deployment_duration_seconds',
  type: 'histogram',
  help: 'How long deployments took.',
};
const DEPLOY_BOUNDS = [60, 120, 180, 240, 300, 420, 600];
const ZONE_FAILOVER: Family = {
  name: 'zone_failover_seconds',
  type: 'gauge',
  help: 'How long calls still went to a zone that had gone, the last time that one did.',
  digits: 1,
};

/** What the clusters, nodes and pods of a region tell. */
export const COMPUTE_FAMILIES = [
  NODE_CPU,
  NODE_MEMORY,
  NODE_AVAILABLE,
  RECEIVED,
  SENT,
  NODE_STATUS,
  NODES_DESIRED,
  NODES_MIN,
  NODES_MAX,
  API_SERVER,
  REPLICAS,
  WANTED,
  HPA_MIN,
  HPA_MAX,
  REQUESTED,
  POD_CPU,
  POD_MEMORY,
  SCALE_OUT,
  DEPLOYED_AT,
  DEPLOYMENTS,
  DEPLOY_TIME,
  ZONE_FAILOVER,
];

/** Memory is told in steps of a MiB. */
function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2) * 1024 ** 2;
}

/** Share of the bounds by a distribution that is flat between its least and its most. */
function flat(
  bounds: readonly number[],
  least: number,
  most: number,
): readonly number[] {
  return bounds.map(bound =>
    Math.max(0, Math.min(1, (bound - least) / (most - least))),
  );
}

function nodeSeries(meter: Meter, system: string, flow: RegionFlow): void {
  const { nodes, region, apiServer } = flow;
  const labels = { system, region };
  const busy = nodes.vcpus * nodes.cpu;
  meter.counter(NODE_CPU, { ...labels, mode: 'user' }, busy * 0.82);
  meter.counter(NODE_CPU, { ...labels, mode: 'system' }, busy * 0.18);
  meter.counter(NODE_CPU, { ...labels, mode: 'idle' }, nodes.vcpus - busy);
  meter.gauge(NODE_MEMORY, labels, nodes.memoryTotal);
  meter.gauge(
    NODE_AVAILABLE,
    labels,
    mebibytes(nodes.memoryTotal - nodes.memoryInUse),
  );
  meter.counter(RECEIVED, labels, nodes.receivedBytes);
  meter.counter(SENT, labels, nodes.sentBytes);
  for (const letter of ['a', 'b', 'c']) {
    const zone = `${region}${letter}`;
    meter.gauge(
      NODE_STATUS,
      { ...labels, zone, condition: 'Ready', status: 'true' },
      nodes.readyByZone[zone] ?? 0,
    );
  }
  meter.gauge(NODES_DESIRED, labels, nodes.desired);
  meter.gauge(NODES_MIN, labels, nodes.minimum);
  meter.gauge(NODES_MAX, labels, nodes.maximum);
  meter.counter(API_SERVER, { ...labels, code: '200' }, apiServer.succeeded);
  meter.counter(API_SERVER, { ...labels, code: '500' }, apiServer.failed);
}

function podSeries(
  meter: Meter,
  system: SystemFlow,
  region: string,
  of: ComponentFlow,
): void {
  const { spec } = of;
  const labels = { system: system.spec.name, component: spec.name, region };
  meter.gauge(REPLICAS, labels, of.pods);
  meter.gauge(WANTED, labels, of.wantedPods);
  meter.gauge(HPA_MIN, labels, of.minimumPods);
  meter.gauge(HPA_MAX, labels, of.maximumPods);
  meter.gauge(
    REQUESTED,
    { ...labels, resource: 'cpu' },
    of.pods * spec.pods.cpu,
  );
  meter.gauge(
    REQUESTED,
    { ...labels, resource: 'memory' },
    of.pods * spec.pods.memory,
  );
  meter.counter(POD_CPU, labels, of.cpuCores);
  meter.gauge(POD_MEMORY, labels, mebibytes(of.memory));
  deploySeries(meter, labels, of, system.seconds);
}

function deploySeries(
  meter: Meter,
  labels: { system: string; component: string; region: string },
  { deploys, lastDeploy }: ComponentFlow,
  seconds: number,
): void {
  for (const result of ['succeeded', 'rolled_back']) {
    const count = deploys.filter(deploy => deploy.result === result).length;
    meter.counter(DEPLOYMENTS, { ...labels, result }, count / seconds);
  }
  meter.gauge(
    DEPLOYED_AT,
    labels,
    lastDeploy && lastDeploy.at / 1000 + lastDeploy.durationSeconds,
  );
}

function average(numbers: readonly number[]): number {
  return (
    numbers.reduce((sum, number) => sum + number, 0) /
    Math.max(numbers.length, 1)
  );
}

/** How long it takes to scale and to deploy, over all components. */
function timeSeries(
  meter: Meter,
  { spec, seconds }: SystemFlow,
  { region, components }: RegionFlow,
): void {
  const labels = { system: spec.name, region };
  const starts = spec.podStartSeconds;
  meter.histogram(SCALE_OUT, labels, SCALE_OUT_BOUNDS, {
    perSecond: components.reduce((sum, { scaledOut }) => sum + scaledOut, 0),
    within: flat(SCALE_OUT_BOUNDS, starts * 0.55, starts * 1.3),
    average: starts * 0.925,
  });
  const ended = components.flatMap(({ deploys }) =>
    deploys.map(({ durationSeconds }) => durationSeconds),
  );
  meter.histogram(DEPLOY_TIME, labels, DEPLOY_BOUNDS, {
    perSecond: ended.length / seconds,
    within: DEPLOY_BOUNDS.map(bound =>
      average(ended.map(taken => Number(taken <= bound))),
    ),
    average: average(ended),
  });
  meter.gauge(ZONE_FAILOVER, labels, spec.zoneFailoverSeconds);
}

export function computeSeries(
  meter: Meter,
  system: SystemFlow,
  flow: RegionFlow,
): void {
  nodeSeries(meter, system.spec.name, flow);
  for (const component of flow.components) {
    podSeries(meter, system, flow.region, component);
  }
  timeSeries(meter, system, flow);
}
