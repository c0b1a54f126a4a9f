import { OWNER_LABEL } from './manifests';
import type { KubernetesObject } from './types';

/** The namespace of what is the portal's own. */
export const PORTAL_NAMESPACE = 'slipway';

/** The service accounts that programs outside the cluster act as. */
export const ACCOUNTS = { portal: 'portal', operator: 'dr-operator' } as const;

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

const READ = ['get', 'list', 'watch'];

/** What the portal's pages show, and no Secret. */
const PORTAL_RULES: Rule[] = [
  {
    apiGroups: [''],
    resources: [
      'namespaces',
      'nodes',
      'pods',
      'pods/log',
      'services',
      'configmaps',
      'events',
      'limitranges',
      'resourcequotas',
      'persistentvolumeclaims',
    ],
    verbs: READ,
  },
  {
    apiGroups: ['apps'],
    resources: ['deployments', 'replicasets', 'statefulsets', 'daemonsets'],
    verbs: READ,
  },
  { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: READ },
  {
    apiGroups: ['autoscaling'],
    resources: ['horizontalpodautoscalers'],
    verbs: READ,
  },
  {
    apiGroups: ['networking.k8s.io'],
    resources: ['ingresses', 'networkpolicies'],
    verbs: READ,
  },
  { apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: READ },
];

/** What a failover does: look, and set numbers of replicas and the bounds of autoscalers. */
const OPERATOR_RULES: Rule[] = [
  ...PORTAL_RULES,
  {
    apiGroups: ['apps'],
    resources: ['deployments/scale', 'statefulsets/scale'],
    verbs: ['get', 'update', 'patch'],
  },
  {
    apiGroups: ['autoscaling'],
    resources: ['horizontalpodautoscalers'],
    verbs: ['patch'],
  },
];

function account(name: string, rules: Rule[]): KubernetesObject[] {
  const metadata = {
    name,
    namespace: PORTAL_NAMESPACE,
    labels: OWNER_LABEL,
  };
  const clusterName = `slipway-${name}`;
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: clusterName, labels: OWNER_LABEL },
      rules,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: clusterName, labels: OWNER_LABEL },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: clusterName,
      },
      subjects: [{ kind: 'ServiceAccount', name, namespace: PORTAL_NAMESPACE }],
    },
  ];
}

/** The portal's service account, which only reads, and the one of failover steps, which also scales. */
export function accessManifests(): KubernetesObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: PORTAL_NAMESPACE, labels: OWNER_LABEL },
    },
    ...account(ACCOUNTS.portal, PORTAL_RULES),
    ...account(ACCOUNTS.operator, OPERATOR_RULES),
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'gp3', labels: OWNER_LABEL },
      provisioner: 'ebs.csi.aws.com',
      volumeBindingMode: 'Immediate',
    },
  ];
}
