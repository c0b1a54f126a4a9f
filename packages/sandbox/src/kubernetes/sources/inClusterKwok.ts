import { readFileSync } from 'node:fs';
import { PORTAL_NAMESPACE } from '../content/access';
import { OWNER_LABEL } from '../content/manifests';
import type { KubernetesObject } from '../content/types';
import { KUBELET_LABEL, KUBELET_RUNS } from '../controlplane/arguments';

/** The release that go.mod names as well. */
const IMAGE = 'registry.k8s.io/kwok/kwok:v0.8.0';
const NAME = 'kwok';
const ALL = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/**
 * kwok as a Deployment, for clusters that are no processes of ours. It plays the kubelets of the sandbox's own nodes
 * there and touches no other node, nor the pods on them.
 */
export function inClusterKwok(stagesFile: string): KubernetesObject[] {
  const metadata = {
    name: NAME,
    namespace: PORTAL_NAMESPACE,
    labels: OWNER_LABEL,
  };
  const clusterWide = { name: `slipway-${NAME}`, labels: OWNER_LABEL };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: clusterWide,
      rules: [
        {
          apiGroups: [''],
          resources: ['nodes', 'nodes/status', 'pods', 'pods/status', 'events'],
          verbs: ALL,
        },
        {
          apiGroups: ['coordination.k8s.io'],
          resources: ['leases'],
          verbs: ALL,
        },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: clusterWide,
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: clusterWide.name,
      },
      subjects: [
        { kind: 'ServiceAccount', name: NAME, namespace: PORTAL_NAMESPACE },
      ],
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { 'kwok.yaml': readFileSync(stagesFile, 'utf8') },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: NAME } },
        template: {
          metadata: { labels: { app: NAME } },
          spec: {
            serviceAccountName: NAME,
            // On a real machine: it cannot play itself.
            affinity: {
              nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                  nodeSelectorTerms: [
                    {
                      matchExpressions: [
                        { key: KUBELET_LABEL, operator: 'DoesNotExist' },
                      ],
                    },
                  ],
                },
              },
            },
            tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
            containers: [
              {
                name: NAME,
                image: IMAGE,
                args: [
                  '--config=/etc/kwok/kwok.yaml',
                  `--manage-nodes-with-label-selector=${KUBELET_LABEL}=${KUBELET_RUNS}`,
                  '--node-lease-duration-seconds=40',
                  '--node-ip=$(POD_IP)',
                  '--node-port=10247',
                ],
                env: [
                  {
                    name: 'POD_IP',
                    valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
                  },
                ],
                resources: { requests: { cpu: '50m', memory: '64Mi' } },
                volumeMounts: [{ name: 'config', mountPath: '/etc/kwok' }],
              },
            ],
            volumes: [{ name: 'config', configMap: { name: NAME } }],
          },
        },
      },
    },
  ];
}
