import type {
  Amounts,
  HttpProbe,
  OneJob,
  ScheduledJob,
  SystemContent,
  Trouble,
  Workload,
} from './types';

/** Restricts a pod to the nodes of its system; {@link nodeFor} puts the label on them. */
export const SYSTEM_LABEL = 'slipway.dev/system';
/** Of pods whose program ends again and again; kwok's stages look for it. */
const TROUBLE_ANNOTATION = 'slipway.dev/trouble';
/** How long pods stay bound to a node that has gone, instead of Kubernetes' 300 s: services recover within a minute. */
const NODE_LOSS_SECONDS = 30;
/** Non-root, by number because the images' users are not known by name. */
const USER_ID = 10001;

/** The labels by which the catalog and selectors find what belongs to a component. */
export function componentLabels(
  content: SystemContent,
  component: string,
  name: string,
): Record<string, string> {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': content.system,
    'backstage.io/kubernetes-id': component,
    team: content.team,
  };
}

function probe(spec: HttpProbe | undefined, port: number | undefined) {
  return (
    spec && {
      httpGet: { path: spec.path, port },
      initialDelaySeconds: spec.initialDelaySeconds,
      periodSeconds: spec.periodSeconds,
    }
  );
}

interface ContainerSpec {
  name: string;
  image: string;
  command?: string[];
  requests: Required<Amounts>;
  limits?: Amounts;
  port?: number;
  liveness?: HttpProbe;
  readiness?: HttpProbe;
  env?: Record<string, string>;
  mountsVolume?: boolean;
}

function container(content: SystemContent, spec: ContainerSpec) {
  return {
    name: spec.name,
    image: spec.image,
    command: spec.command,
    ports: spec.port ? [{ name: 'main', containerPort: spec.port }] : undefined,
    envFrom: [{ configMapRef: { name: `${content.system}-settings` } }],
    env: spec.env
      ? Object.entries(spec.env).map(([name, value]) => ({ name, value }))
      : undefined,
    resources: { requests: spec.requests, limits: spec.limits },
    livenessProbe: probe(spec.liveness, spec.port),
    readinessProbe: probe(spec.readiness, spec.port),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: spec.mountsVolume
      ? [{ name: 'data', mountPath: '/data' }]
      : undefined,
  };
}

function podBasics(content: SystemContent) {
  return {
    nodeSelector: { [SYSTEM_LABEL]: content.system },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER_ID,
      fsGroup: USER_ID,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    tolerations: ['not-ready', 'unreachable'].map(condition => ({
      key: `node.kubernetes.io/${condition}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: NODE_LOSS_SECONDS,
    })),
  };
}

function troubleNotes(trouble: Trouble | undefined) {
  return (
    trouble && {
      [TROUBLE_ANNOTATION]: 'crash-loop',
      [`${TROUBLE_ANNOTATION}-exit-code`]: `${trouble.exitCode}`,
      [`${TROUBLE_ANNOTATION}-message`]: trouble.message,
    }
  );
}

/** What a Deployment or StatefulSet makes its pods from. */
export function workloadPod(content: SystemContent, workload: Workload) {
  const selector = { 'app.kubernetes.io/name': workload.name };
  return {
    metadata: {
      labels: componentLabels(content, workload.component, workload.name),
      annotations: troubleNotes(workload.trouble),
    },
    spec: {
      ...podBasics(content),
      serviceAccountName: workload.name,
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: selector },
        },
      ],
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              podAffinityTerm: {
                topologyKey: 'kubernetes.io/hostname',
                labelSelector: { matchLabels: selector },
              },
            },
          ],
        },
      },
      containers: [
        container(content, {
          ...workload,
          mountsVolume: workload.volume !== undefined,
        }),
      ],
    },
  };
}

/** What a job makes its pods from. */
export function jobPod(content: SystemContent, job: OneJob | ScheduledJob) {
  return {
    metadata: { labels: componentLabels(content, job.component, job.name) },
    spec: {
      ...podBasics(content),
      restartPolicy: 'Never',
      containers: [
        container(content, {
          name: job.name,
          image: job.image,
          command: job.command,
          requests: job.requests,
          limits: { memory: job.requests.memory },
        }),
      ],
    },
  };
}
