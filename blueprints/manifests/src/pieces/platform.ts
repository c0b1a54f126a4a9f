import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import type { ManifestInput } from '@slipway/plugin-infra-scaffolder-node';
import { helmValues, manifest } from '../bundle';
import { APPLICATION, isProduction, needed, STORAGE_CLASS } from '../facts';

/** Applies what a repository says and keeps it so. */
export function argoCd(input: ManifestInput): ManifestFile[] {
  const production = isProduction(input);
  return [
    helmValues(
      '50-delivery/argocd.yaml',
      'Argo CD, which keeps the cluster as a repository says.',
      {
        name: 'argocd',
        chart: 'argo-cd',
        repository: 'https://argoproj.github.io/argo-helm',
        namespace: 'argocd',
      },
      {
        'redis-ha': { enabled: production },
        controller: { replicas: 1 },
        server: { replicas: production ? 2 : 1 },
        repoServer: { replicas: production ? 2 : 1 },
        configs: { params: { 'server.insecure': false } },
      },
    ),
    manifest(
      '55-applications/application.yaml',
      'The application as a repository has it. Put the address of your repository in first.',
      [
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: input.environment.name, namespace: 'argocd' },
          spec: {
            project: 'default',
            source: {
              repoURL: 'https://git.example.com/replace/with-yours.git',
              targetRevision: 'main',
              path: `environments/${input.environment.name}`,
            },
            destination: {
              server: 'https://kubernetes.default.svc',
              namespace: APPLICATION,
            },
            syncPolicy: { automated: { prune: true, selfHeal: true } },
          },
        },
      ],
    ),
  ];
}

const ISTIO = 'https://istio-release.storage.googleapis.com/charts';

/** A mesh in which only services that prove who they are talk to each other. */
export function istio(input: ManifestInput, port: number): ManifestFile[] {
  const replicas = isProduction(input) ? 2 : 1;
  const chart = (name: string, of: string) => ({
    name,
    chart: of,
    repository: ISTIO,
    namespace: 'istio-system',
  });
  return [
    helmValues(
      '15-mesh/1-base.yaml',
      'Istio’s definitions.',
      chart('istio-base', 'base'),
      { defaultRevision: 'default' },
    ),
    helmValues(
      '15-mesh/3-cni.yaml',
      'Istio’s network plug-in, so that pods of the application need no rights.',
      chart('istio-cni', 'cni'),
      {},
    ),
    helmValues(
      '15-mesh/2-istiod.yaml',
      'Istio’s control plane; traces go to the collector.',
      chart('istiod', 'istiod'),
      {
        pilot: {
          cni: { enabled: true },
          autoscaleMin: replicas,
          resources: { requests: { cpu: '200m', memory: '512Mi' } },
        },
        meshConfig: {
          accessLogFile: '/dev/stdout',
          enableAutoMtls: true,
          outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
        },
      },
    ),
    helmValues(
      '15-mesh/4-gateway.yaml',
      'The gateway that stands behind the load balancer.',
      { ...chart('istio-ingress', 'gateway'), namespace: APPLICATION },
      {
        service: {
          type: 'ClusterIP',
          ports: [{ name: 'http', port, targetPort: port }],
        },
        autoscaling: { enabled: true, minReplicas: replicas, maxReplicas: 5 },
        // The namespace holds pods to the restricted standard.
        securityContext: {
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      },
    ),
    manifest(
      '15-mesh/5-mesh.yaml',
      'mTLS between all services; a host that fails five times is left out for a while; users enter by the gateway.',
      [
        {
          apiVersion: 'security.istio.io/v1',
          kind: 'PeerAuthentication',
          metadata: { name: 'default', namespace: 'istio-system' },
          spec: { mtls: { mode: 'STRICT' } },
        },
        {
          apiVersion: 'networking.istio.io/v1',
          kind: 'DestinationRule',
          metadata: { name: 'circuit-breakers', namespace: APPLICATION },
          spec: {
            host: `*.${APPLICATION}.svc.cluster.local`,
            trafficPolicy: {
              connectionPool: { http: { http1MaxPendingRequests: 100 } },
              outlierDetection: {
                consecutive5xxErrors: 5,
                interval: '10s',
                baseEjectionTime: '30s',
                maxEjectionPercent: 50,
              },
            },
          },
        },
        {
          apiVersion: 'networking.istio.io/v1',
          kind: 'Gateway',
          metadata: { name: 'users', namespace: APPLICATION },
          spec: {
            selector: { istio: 'ingress' },
            servers: [
              {
                port: { number: port, name: 'http', protocol: 'HTTP' },
                hosts: ['*'],
              },
            ],
          },
        },
        {
          apiVersion: 'elbv2.k8s.aws/v1beta1',
          kind: 'TargetGroupBinding',
          metadata: { name: 'users', namespace: APPLICATION },
          spec: {
            serviceRef: { name: 'istio-ingress', port },
            targetGroupARN: needed(input, 'TargetGroupArn'),
            targetType: 'ip',
          },
        },
      ],
    ),
  ];
}

/** Copies of Kubernetes' objects and volumes in the environment's bucket. */
export function velero(input: ManifestInput): ManifestFile {
  const { region } = input.environment;
  return helmValues(
    '60-backup/velero.yaml',
    'Velero: objects and volumes, each night, into the bucket of backups, which is copied to the other region.',
    {
      name: 'velero',
      chart: 'velero',
      repository: 'https://vmware-tanzu.github.io/helm-charts',
      namespace: 'velero',
    },
    {
      initContainers: [
        {
          name: 'aws',
          image: 'velero/velero-plugin-for-aws:replace-with-your-version',
          volumeMounts: [{ name: 'plugins', mountPath: '/target' }],
        },
      ],
      serviceAccount: {
        server: {
          create: true,
          name: 'velero',
          annotations: {
            'eks.amazonaws.com/role-arn': needed(input, 'VeleroRoleArn'),
          },
        },
      },
      credentials: { useSecret: false },
      configuration: {
        backupStorageLocation: [
          {
            name: 'default',
            provider: 'aws',
            bucket: needed(input, 'BackupBucket'),
            config: { region },
          },
        ],
        volumeSnapshotLocation: [
          { name: 'default', provider: 'aws', config: { region } },
        ],
      },
      schedules: {
        nightly: { schedule: '0 3 * * *', template: { ttl: '720h' } },
      },
    },
  );
}

const TEKTON =
  'https://storage.googleapis.com/tekton-releases/pipeline/latest/release.yaml';

/** A pipeline as document 001 has it: checkout, unit tests, scan, image, push. */
export function tekton(repository: string): ManifestFile {
  const task = (name: string, after?: string) => ({
    name,
    taskRef: { name },
    workspaces: [{ name: 'source', workspace: 'source' }],
    ...(after && { runAfter: [after] }),
  });
  const file = manifest(
    '50-delivery/pipeline.yaml',
    'Tekton pipeline: checkout, unit tests, scan, image, push. The tasks that it names come from Tekton’s catalog.',
    [
      {
        apiVersion: 'tekton.dev/v1',
        kind: 'Pipeline',
        metadata: { name: 'build', namespace: APPLICATION },
        spec: {
          params: [
            { name: 'repository', type: 'string' },
            { name: 'image', type: 'string', default: repository },
          ],
          workspaces: [{ name: 'source' }],
          tasks: [
            {
              ...task('git-clone'),
              workspaces: [{ name: 'output', workspace: 'source' }],
              params: [{ name: 'url', value: '$(params.repository)' }],
            },
            task('unit-tests', 'git-clone'),
            task('trivy-scanner', 'unit-tests'),
            {
              ...task('kaniko', 'trivy-scanner'),
              params: [{ name: 'IMAGE', value: '$(params.image)' }],
            },
          ],
        },
      },
    ],
  );
  return {
    ...file,
    command: [
      `kubectl apply -f ${TEKTON}`,
      'kubectl wait --for=condition=Available deployment --all --namespace tekton-pipelines --timeout=180s',
      file.command,
    ].join(' && '),
  };
}

/** Routes within the cluster by Ingress. Traefik: ingress-nginx was retired in March 2026. */
export function ingressController(input: ManifestInput): ManifestFile {
  return helmValues(
    '15-ingress/traefik.yaml',
    'Traefik, which routes within the cluster by Ingress.',
    {
      name: 'traefik',
      chart: 'traefik',
      repository: 'https://traefik.github.io/charts',
      namespace: 'traefik',
    },
    {
      deployment: { replicas: isProduction(input) ? 2 : 1 },
      service: { type: 'ClusterIP' },
    },
  );
}

/** Redis in a pod of its own, with a volume: sessions, caching, rate limits (row 004-10). */
export function redis(): ManifestFile {
  const labels = { 'app.kubernetes.io/name': 'redis' };
  const metadata = { name: 'redis', namespace: APPLICATION, labels };
  return manifest(
    '30-application/redis.yaml',
    'Redis in a pod, with a volume: sessions, caching, rate limits.',
    [
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata,
        spec: {
          serviceName: 'redis',
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              automountServiceAccountToken: false,
              priorityClassName: 'application',
              securityContext: {
                runAsNonRoot: true,
                runAsUser: 999,
                fsGroup: 999,
                seccompProfile: { type: 'RuntimeDefault' },
              },
              containers: [
                {
                  name: 'redis',
                  image: 'redis:7.2-alpine',
                  args: ['--appendonly', 'yes', '--maxmemory', '384mb'],
                  ports: [{ name: 'redis', containerPort: 6379 }],
                  resources: {
                    requests: { cpu: '100m', memory: '256Mi' },
                    limits: { cpu: '500m', memory: '512Mi' },
                  },
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ['ALL'] },
                  },
                  readinessProbe: {
                    exec: { command: ['redis-cli', 'ping'] },
                    periodSeconds: 5,
                  },
                  volumeMounts: [{ name: 'data', mountPath: '/data' }],
                },
              ],
            },
          },
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: {
                storageClassName: STORAGE_CLASS,
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: '8Gi' } },
              },
            },
          ],
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: {
          clusterIP: 'None',
          selector: labels,
          ports: [{ name: 'redis', port: 6379, targetPort: 'redis' }],
        },
      },
    ],
  );
}
