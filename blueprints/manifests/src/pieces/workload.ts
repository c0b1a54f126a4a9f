import type { JsonObject } from '@backstage/types';
import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import { manifest } from '../bundle';
import { APPLICATION, withRole } from '../facts';

/** A service of the system, as its document has it. */
export interface Workload {
  name: string;
  about: string;
  /** Of its images, without a tag. */
  repository: string;
  roleArn?: string;
  port: number;
  replicas: { min: number; max: number };
  /** Requests; limits are twice the memory and four times the CPU. */
  cpuMillicores: number;
  memoryMebibytes: number;
  /** Average use, of the requests, that makes more pods. */
  scaleAt: { cpuPercent: number; memoryPercent?: number };
  /** Registers its pods behind the load balancer. */
  targetGroupArn?: string;
  probes?: { live: string; ready: string };
}

/** To be replaced by a pipeline. */
const TAG = 'replace-with-your-tag';

function probesOf({ probes, port }: Workload): JsonObject {
  const { live, ready } = probes ?? { live: '/health', ready: '/ready' };
  const get = (path: string) => ({ httpGet: { path, port } });
  return {
    livenessProbe: { ...get(live), initialDelaySeconds: 30, periodSeconds: 10 },
    readinessProbe: { ...get(ready), initialDelaySeconds: 5, periodSeconds: 5 },
  };
}

function podSpec(workload: Workload): JsonObject {
  const { name, repository, port, cpuMillicores, memoryMebibytes } = workload;
  const selector = { matchLabels: { 'app.kubernetes.io/name': name } };
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    priorityClassName: 'application',
    securityContext: {
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: selector,
      },
    ],
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              topologyKey: 'kubernetes.io/hostname',
              labelSelector: selector,
            },
          },
        ],
      },
    },
    containers: [
      {
        name,
        image: `${repository}:${TAG}`,
        ports: [{ name: 'http', containerPort: port }],
        resources: {
          requests: {
            cpu: `${cpuMillicores}m`,
            memory: `${memoryMebibytes}Mi`,
          },
          limits: {
            cpu: `${cpuMillicores * 4}m`,
            memory: `${memoryMebibytes * 2}Mi`,
          },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        ...probesOf(workload),
        volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }],
      },
    ],
    volumes: [{ name: 'scratch', emptyDir: {} }],
  };
}

/** Service account, deployment, service, autoscaler and disruption budget, and where users come in its binding. */
export function workloadFile(workload: Workload): ManifestFile {
  const { name, port, replicas, scaleAt, roleArn, targetGroupArn } = workload;
  const labels = { 'app.kubernetes.io/name': name };
  const metadata = { name, namespace: APPLICATION, labels };
  const resource = (resourceName: string, averageUtilization: number) => ({
    type: 'Resource',
    resource: {
      name: resourceName,
      target: { type: 'Utilization', averageUtilization },
    },
  });
  return manifest(
    `30-application/${name}.yaml`,
    `${workload.about} Put the tag of your image in first.`,
    [
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: {
          ...metadata,
          ...(roleArn && { annotations: withRole(roleArn) }),
        },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: {
          selector: { matchLabels: labels },
          strategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
          },
          template: { metadata: { labels }, spec: podSpec(workload) },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: {
          selector: labels,
          ports: [{ name: 'http', port, targetPort: 'http' }],
        },
      },
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata,
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          minReplicas: replicas.min,
          maxReplicas: replicas.max,
          metrics: [
            resource('cpu', scaleAt.cpuPercent),
            ...(scaleAt.memoryPercent
              ? [resource('memory', scaleAt.memoryPercent)]
              : []),
          ],
        },
      },
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata,
        spec: { selector: { matchLabels: labels }, maxUnavailable: 1 },
      },
      ...(targetGroupArn
        ? [
            {
              apiVersion: 'elbv2.k8s.aws/v1beta1',
              kind: 'TargetGroupBinding',
              metadata,
              spec: {
                serviceRef: { name, port },
                targetGroupARN: targetGroupArn,
                targetType: 'ip',
              },
            },
          ]
        : []),
    ],
  );
}
