import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import { type KubernetesObject, manifest } from '../bundle';
import { APPLICATION, STORAGE_CLASS } from '../facts';

type PodSecurity = 'restricted' | 'baseline' | 'privileged';

/** Namespaces with the standard that pods in them are held to. */
export function namespaces(
  standards: Record<string, PodSecurity>,
  labels: Record<string, string> = {},
): ManifestFile {
  return manifest(
    '00-namespaces/namespaces.yaml',
    'Namespaces, each with the pod security standard that its pods are held to.',
    Object.entries(standards).map(([name, standard]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        labels: {
          'pod-security.kubernetes.io/enforce': standard,
          'pod-security.kubernetes.io/warn': standard,
          ...(name === APPLICATION ? labels : {}),
        },
      },
    })),
  );
}

/** What holds for the whole cluster before anything runs in it. */
export function clusterDefaults(): ManifestFile[] {
  return [
    manifest(
      '05-cluster/priorities.yaml',
      'What gives way first when nodes are short: the application before what it stands on.',
      [
        priority('platform', 1_000_000, 'What the application stands on.'),
        priority('application', 1_000, 'The application.', true),
      ],
    ),
    manifest(
      '05-cluster/storage.yaml',
      'Volumes are gp3, encrypted, in the zone of their pod, and can grow.',
      [
        {
          apiVersion: 'storage.k8s.io/v1',
          kind: 'StorageClass',
          metadata: {
            name: STORAGE_CLASS,
            annotations: {
              'storageclass.kubernetes.io/is-default-class': 'true',
            },
          },
          provisioner: 'ebs.csi.aws.com',
          parameters: { type: 'gp3', encrypted: 'true' },
          allowVolumeExpansion: true,
          reclaimPolicy: 'Delete',
          volumeBindingMode: 'WaitForFirstConsumer',
        },
      ],
    ),
  ];
}

function priority(
  name: string,
  value: number,
  description: string,
  globalDefault = false,
): KubernetesObject {
  return {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    globalDefault,
    description,
  };
}

/** How much the application may take, and what a container gets that does not say. */
export function limits(pods: number): ManifestFile {
  return manifest(
    '05-cluster/limits.yaml',
    'How much the application may ask for altogether, and what a container gets that does not say.',
    [
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'application', namespace: APPLICATION },
        spec: {
          hard: {
            pods: String(pods),
            'requests.cpu': String(pods / 2),
            'requests.memory': `${pods / 2}Gi`,
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'application', namespace: APPLICATION },
        spec: {
          limits: [
            {
              type: 'Container',
              defaultRequest: { cpu: '100m', memory: '128Mi' },
              default: { cpu: '500m', memory: '512Mi' },
            },
          ],
        },
      },
    ],
  );
}

/** Who may do what in the namespace of the application. */
export function access(): ManifestFile {
  const role = (name: string, rules: KubernetesObject['rules']) => [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name, namespace: APPLICATION },
      rules,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name, namespace: APPLICATION },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [
        {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Group',
          name: `application-${name}`,
        },
      ],
    },
  ];
  const reads = ['get', 'list', 'watch'];
  return manifest(
    '05-cluster/access.yaml',
    'Developers read, operators also restart and scale; nobody reads secrets. An EKS access entry says who is in application-developer and application-operator.',
    [
      ...role('developer', [
        {
          apiGroups: ['', 'apps', 'autoscaling', 'batch', 'networking.k8s.io'],
          resources: [
            'configmaps',
            'cronjobs',
            'deployments',
            'events',
            'horizontalpodautoscalers',
            'ingresses',
            'jobs',
            'networkpolicies',
            'pods',
            'pods/log',
            'replicasets',
            'services',
            'statefulsets',
          ],
          verbs: reads,
        },
      ]),
      ...role('operator', [
        {
          apiGroups: ['apps'],
          resources: ['deployments', 'statefulsets'],
          verbs: [...reads, 'patch'],
        },
        {
          apiGroups: ['apps'],
          resources: ['deployments/scale', 'statefulsets/scale'],
          verbs: ['get', 'patch', 'update'],
        },
        { apiGroups: [''], resources: ['pods'], verbs: [...reads, 'delete'] },
      ]),
    ],
  );
}
