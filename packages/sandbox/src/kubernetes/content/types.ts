/** Amounts as Kubernetes writes them, e.g. `250m` and `256Mi`. */
export interface Amounts {
  cpu?: string;
  memory?: string;
}

/** How a kubelet asks a container over HTTP. */
export interface HttpProbe {
  path: string;
  initialDelaySeconds: number;
  periodSeconds: number;
}

/** What a horizontal autoscaler aims at, in per cent of what a pod requests. */
export interface Scaling {
  minimum: number;
  maximum: number;
  cpuPercent?: number;
  memoryPercent?: number;
}

/** A Deployment, or a StatefulSet where it keeps data, with what belongs to it. */
export interface Workload {
  name: string;
  /** Its component in the catalog. */
  component: string;
  image: string;
  /** TCP, of container and service; left out for what takes no requests. */
  port?: number;
  /** In the primary region. */
  replicas: number;
  /** In the standby region; 0 keeps the Deployment ready to be scaled. Left out: it is not there. */
  standbyReplicas?: number;
  requests: Required<Amounts>;
  limits: Amounts;
  scaling?: Scaling;
  liveness?: HttpProbe;
  readiness?: HttpProbe;
  /** Rolling update; a fourth each unless told. */
  maxUnavailable?: string | number;
  maxSurge?: string | number;
  /** Size of the volume that each pod keeps, e.g. `8Gi`; makes it a StatefulSet. */
  volume?: string;
  /** IAM role that its service account may take on (IRSA). */
  role?: string;
  env?: Record<string, string>;
  /** Components whose pods may call it; left out: the ingress of the namespace. */
  calledBy?: string[];
  /** What goes wrong with it, as kwok plays it. */
  trouble?: Trouble;
}

/** A program that ends soon after every start. */
export interface Trouble {
  exitCode: number;
  /** Its last words. */
  message: string;
}

/** A CronJob. */
export interface ScheduledJob {
  name: string;
  component: string;
  image: string;
  command: string[];
  /** Five fields, UTC. */
  schedule: string;
  requests: Required<Amounts>;
  /** Whether it runs in the standby region as well. */
  onStandby?: boolean;
}

/** One Job that was started by hand. */
export interface OneJob {
  name: string;
  component: string;
  image: string;
  command: string[];
  requests: Required<Amounts>;
}

/** What one system of the documents runs in Kubernetes. */
export interface SystemContent {
  /** Name in the catalog, also of its namespace. */
  system: string;
  /** Group that owns it, without `group:default/`. */
  team: string;
  workloads: Workload[];
  cronJobs: ScheduledJob[];
  jobs: OneJob[];
  /** Settings of all its pods, as a ConfigMap. */
  settings: Record<string, string>;
  /** The most that the namespace may ask for. */
  quota?: Amounts & { pods: number };
}

/** Which of the two clusters. */
export type ClusterRole = 'primary' | 'standby';

/** The region that each of the two clusters is in. */
export const CLUSTER_REGIONS: Record<ClusterRole, string> = {
  primary: 'us-east-1',
  standby: 'us-west-2',
};

/** A Kubernetes object as it goes over the wire. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}
