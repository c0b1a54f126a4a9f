import type { PodUsage } from './usage';

const GROUP_VERSION = 'metrics.k8s.io/v1beta1';
const WINDOW = '30s';

/** A running pod with what it uses. */
export interface MeasuredPod {
  name: string;
  namespace: string;
  node: string;
  labels: Record<string, string>;
  /** By container. */
  usage: Record<string, PodUsage>;
}

const RESOURCES = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: GROUP_VERSION,
  resources: [
    { name: 'nodes', kind: 'NodeMetrics', namespaced: false },
    { name: 'pods', kind: 'PodMetrics', namespaced: true },
  ].map(resource => ({
    ...resource,
    singularName: '',
    verbs: ['get', 'list'],
  })),
};

function quantities(usages: PodUsage[]) {
  const sum = (field: keyof PodUsage) =>
    usages.reduce((total, usage) => total + usage[field], 0);
  return { cpu: `${sum('millicores')}m`, memory: `${sum('mebibytes')}Mi` };
}

function podMetrics(pod: MeasuredPod, timestamp: string) {
  return {
    kind: 'PodMetrics',
    apiVersion: GROUP_VERSION,
    metadata: {
      name: pod.name,
      namespace: pod.namespace,
      labels: pod.labels,
      creationTimestamp: timestamp,
    },
    timestamp,
    window: WINDOW,
    containers: Object.entries(pod.usage).map(([name, usage]) => ({
      name,
      usage: quantities([usage]),
    })),
  };
}

function nodeMetrics(name: string, pods: MeasuredPod[], timestamp: string) {
  return {
    kind: 'NodeMetrics',
    apiVersion: GROUP_VERSION,
    metadata: { name, creationTimestamp: timestamp },
    timestamp,
    window: WINDOW,
    usage: quantities(
      pods
        .filter(({ node }) => node === name)
        .flatMap(({ usage }) => Object.values(usage)),
    ),
  };
}

function listOf(kind: string, items: unknown[]) {
  return {
    kind: `${kind}List`,
    apiVersion: GROUP_VERSION,
    metadata: {},
    items,
  };
}

/** Only equality, which is all that autoscalers and the portal ask with. */
function hasLabels(pod: MeasuredPod, selector: string): boolean {
  return selector
    .split(',')
    .filter(Boolean)
    .every(term => {
      const [key, value] = term.split(/==?/);
      return pod.labels[key] === value;
    });
}

/** The answer to a GET below `/apis/metrics.k8s.io/v1beta1`; undefined where there is nothing by that path. */
export function metricsAnswer(
  path: string,
  selector: string,
  pods: MeasuredPod[],
  timestamp: string,
): unknown {
  const [kind, first, second, name] = path.split('/').filter(Boolean);
  if (!kind) {
    return RESOURCES;
  }
  if (kind === 'nodes') {
    const nodes = first
      ? [first]
      : [...new Set(pods.map(pod => pod.node))].sort();
    const items = nodes.map(node => nodeMetrics(node, pods, timestamp));
    return first ? items[0] : listOf('NodeMetrics', items);
  }
  const isNamespaced = kind === 'namespaces' && second === 'pods';
  if (!isNamespaced && kind !== 'pods') {
    return undefined;
  }
  const items = pods
    .filter(pod => !isNamespaced || pod.namespace === first)
    .filter(pod => !name || pod.name === name)
    .filter(pod => hasLabels(pod, selector))
    .map(pod => podMetrics(pod, timestamp));
  return name ? items[0] : listOf('PodMetrics', items);
}
