import { componentLabels, jobPod, workloadPod } from './pods';
import {
  CLUSTER_REGIONS,
  type ClusterRole,
  type KubernetesObject,
  type OneJob,
  type ScheduledJob,
  type SystemContent,
  type Workload,
} from './types';

/** On every namespace of ours, so that nothing of anybody else's is ever taken for it. */
export const OWNER_LABEL = {
  'app.kubernetes.io/managed-by': 'slipway-sandbox',
};

type Place = { content: SystemContent; role: ClusterRole };

/** How many replicas a workload has in a cluster; undefined where it is not there. */
export function replicasIn(
  workload: Workload,
  role: ClusterRole,
): number | undefined {
  return role === 'primary' ? workload.replicas : workload.standbyReplicas;
}

function metaOf(
  { content }: Place,
  name: string,
  component?: string,
  annotations?: Record<string, string>,
): KubernetesObject['metadata'] {
  return {
    name,
    namespace: content.system,
    labels: {
      ...(component
        ? componentLabels(content, component, name)
        : { 'app.kubernetes.io/part-of': content.system }),
      ...OWNER_LABEL,
    },
    annotations,
  };
}

function namespaceOf({ content }: Place): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: content.system,
      labels: {
        ...OWNER_LABEL,
        'app.kubernetes.io/part-of': content.system,
        'pod-security.kubernetes.io/enforce': 'restricted',
      },
    },
  };
}

function surroundings(place: Place): KubernetesObject[] {
  const { content, role } = place;
  const objects: KubernetesObject[] = [
    namespaceOf(place),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metaOf(place, `${content.system}-settings`),
      data: { ...content.settings, AWS_REGION: CLUSTER_REGIONS[role] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metaOf(place, 'default-deny'),
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    },
  ];
  if (content.quota) {
    const { cpu, memory, pods } = content.quota;
    objects.push({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: metaOf(place, content.system),
      spec: {
        hard: {
          'requests.cpu': cpu,
          'requests.memory': memory,
          pods: `${pods}`,
        },
      },
    });
  }
  return objects;
}

function runner(place: Place, workload: Workload, replicas: number) {
  const { content } = place;
  const basics = {
    apiVersion: 'apps/v1',
    metadata: metaOf(place, workload.name, workload.component),
  };
  const selector = {
    matchLabels: { 'app.kubernetes.io/name': workload.name },
  };
  const template = workloadPod(content, workload);
  if (workload.volume) {
    return {
      ...basics,
      kind: 'StatefulSet',
      spec: {
        replicas,
        serviceName: workload.name,
        selector,
        template,
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: 'gp3',
              resources: { requests: { storage: workload.volume } },
            },
          },
        ],
      },
    };
  }
  return {
    ...basics,
    kind: 'Deployment',
    spec: {
      replicas,
      revisionHistoryLimit: 3,
      progressDeadlineSeconds: 300,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: {
          maxUnavailable: workload.maxUnavailable ?? '25%',
          maxSurge: workload.maxSurge ?? '25%',
        },
      },
      selector,
      template,
    },
  };
}

/** A volume in each zone for a StatefulSet; nothing provisions volumes where there is no EBS. */
function volumes(place: Place, workload: Workload, replicas: number) {
  if (!workload.volume) {
    return [];
  }
  return Array.from({ length: replicas }, (_, index): KubernetesObject => {
    const claim = `data-${workload.name}-${index}`;
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: {
        name: `${place.content.system}-${claim}`,
        labels: OWNER_LABEL,
      },
      spec: {
        capacity: { storage: workload.volume },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: 'gp3',
        claimRef: { namespace: place.content.system, name: claim },
        csi: {
          driver: 'ebs.csi.aws.com',
          volumeHandle: `vol-${place.content.system}-${claim}`,
        },
      },
    };
  });
}

function autoscaler(place: Place, workload: Workload): KubernetesObject[] {
  const { scaling, name } = workload;
  if (!scaling) {
    return [];
  }
  const target = (resource: string, percent: number | undefined) =>
    percent === undefined
      ? []
      : [
          {
            type: 'Resource',
            resource: {
              name: resource,
              target: { type: 'Utilization', averageUtilization: percent },
            },
          },
        ];
  const minimum =
    place.role === 'primary'
      ? scaling.minimum
      : Math.min(scaling.minimum, Math.max(1, workload.standbyReplicas ?? 1));
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metaOf(place, name, workload.component),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: minimum,
        maxReplicas: scaling.maximum,
        metrics: [
          ...target('cpu', scaling.cpuPercent),
          ...target('memory', scaling.memoryPercent),
        ],
      },
    },
  ];
}

function network(place: Place, workload: Workload): KubernetesObject[] {
  const { name, port, component, calledBy } = workload;
  if (!port) {
    return [];
  }
  const isCallable = calledBy === undefined || calledBy.length > 0;
  const from = calledBy?.map(caller => ({
    podSelector: { matchLabels: { 'backstage.io/kubernetes-id': caller } },
  }));
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metaOf(place, name, component),
      spec: {
        selector: { 'app.kubernetes.io/name': name },
        ports: [{ name: 'main', port, targetPort: 'main' }],
        clusterIP: workload.volume ? 'None' : undefined,
      },
    },
    ...(isCallable
      ? [
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: metaOf(place, name, component),
            spec: {
              podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
              policyTypes: ['Ingress'],
              ingress: [{ from, ports: [{ port }] }],
            },
          },
        ]
      : []),
  ];
}

function workloadObjects(place: Place, workload: Workload) {
  const replicas = replicasIn(workload, place.role);
  if (replicas === undefined) {
    return [];
  }
  const { name, component, role } = workload;
  const objects: KubernetesObject[] = [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metaOf(
        place,
        name,
        component,
        role
          ? {
              'eks.amazonaws.com/role-arn': role,
              'eks.amazonaws.com/token-expiration': '900',
            }
          : undefined,
      ),
      automountServiceAccountToken: false,
    },
    ...volumes(place, workload, replicas),
    ...network(place, workload),
    runner(place, workload, replicas),
    // An autoscaler does nothing for a Deployment of 0: it is paused until somebody scales it.
    ...autoscaler(place, workload),
  ];
  if (workload.replicas > 1) {
    objects.push({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metaOf(place, name, component),
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      },
    });
  }
  return objects;
}

function cronJob(place: Place, job: ScheduledJob): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metaOf(place, job.name, job.component),
    spec: {
      schedule: job.schedule,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 200,
      successfulJobsHistoryLimit: 2,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        spec: { backoffLimit: 2, template: jobPod(place.content, job) },
      },
    },
  };
}

function oneJob(place: Place, job: OneJob): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metaOf(place, job.name, job.component),
    spec: { backoffLimit: 2, template: jobPod(place.content, job) },
  };
}

/** Everything that a system has in one of the two clusters, in an order in which it can be created. */
export function manifestsOf(
  content: SystemContent,
  role: ClusterRole,
): KubernetesObject[] {
  const place: Place = { content, role };
  const isHere = content.workloads.some(
    workload => replicasIn(workload, role) !== undefined,
  );
  if (!isHere) {
    return [];
  }
  return [
    ...surroundings(place),
    ...content.workloads.flatMap(workload => workloadObjects(place, workload)),
    ...content.cronJobs
      .filter(job => role === 'primary' || job.onStandby)
      .map(job => cronJob(place, job)),
    ...(role === 'primary' ? content.jobs.map(job => oneJob(place, job)) : []),
  ];
}
