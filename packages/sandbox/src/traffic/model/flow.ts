import type { ComponentSpec, SystemSpec } from '../systems/types';
import type { Deploy } from './calendar';
import type { Load } from './demand';

/** What a system does at one moment. Rates are per second, times in seconds, sizes in bytes. */
export interface SystemFlow {
  spec: SystemSpec;
  /** That the step took. */
  seconds: number;
  load: Load;
  regions: RegionFlow[];
  cdn?: CdnFlow;
}

/** One system in one region. */
export interface RegionFlow {
  region: string;
  isDark: boolean;
  /** False where the system has no cluster and no database: nothing of it is measured there. */
  isPresent: boolean;
  /** Share of the users who come here. */
  share: number;
  /** Requests of users. */
  offered: number;
  users: number;
  nodes: NodesFlow;
  components: ComponentFlow[];
  database?: DatabaseFlow;
  cache?: CacheFlow;
  queue?: QueueFlow;
  apiServer: { succeeded: number; failed: number };
  pages?: PagesFlow;
  /** Undefined where users send no files. */
  uploadedBytes?: number;
  /** In the order of the system's KPIs. */
  kpis: { events: number; value: number }[];
}

export interface PagesFlow {
  shown: number;
  /** Share of them within each of the bounds. */
  within: number[];
  /** Average time until one is shown. */
  seconds: number;
}

/** The machines. */
export interface NodesFlow {
  desired: number;
  ready: number;
  minimum: number;
  maximum: number;
  readyByZone: Record<string, number>;
  vcpus: number;
  /** Share of the CPU in use. */
  cpu: number;
  memoryTotal: number;
  memoryInUse: number;
  receivedBytes: number;
  sentBytes: number;
}

/** What came of calls. */
export interface Outcomes {
  succeeded: number;
  /** By the caller's fault. */
  refused: number;
  /** 500 */
  failed: number;
  /** 503 */
  unavailable: number;
  /** 504: no answer came. */
  timedOut: number;
}

/** One component in one region. */
export interface ComponentFlow {
  spec: ComponentSpec;
  calls?: CallsFlow;
  jobs?: { succeeded: number; failed: number; seconds: number };
  pods: number;
  wantedPods: number;
  minimumPods: number;
  maximumPods: number;
  /** Pods that became ready because the autoscaler asked for more. */
  scaledOut: number;
  cpuCores: number;
  memory: number;
  lastDeploy?: Deploy;
  /** That ended within the step. */
  deploys: readonly Deploy[];
}

export interface CallsFlow {
  reads: Outcomes;
  writes: Outcomes;
  /** Share of the answers within each of the bounds. */
  within: number[];
  /** Average time of an answer. */
  seconds: number;
}

export interface DatabaseFlow {
  isUp: boolean;
  isWriter: boolean;
  maxConnections: number;
  connections: number;
  queries: number;
  querySeconds: number;
  commits: number;
  rollbacks: number;
  succeeded: number;
  failed: number;
  /** Share of the CPU in use. */
  cpu: number;
  acu?: number;
  /** Of what is replicated to the region. */
  lagSeconds?: number;
}

export interface CacheFlow {
  isUp: boolean;
  hits: number;
  misses: number;
  operations: number;
  failed: number;
  operationSeconds: number;
  memory: number;
  memoryInUse: number;
  clients: number;
  evicted: number;
  /** Of what is replicated to the region. */
  lagSeconds?: number;
}

export interface QueueFlow {
  sent: number;
  taken: number;
  waiting: number;
  oldestSeconds: number;
  brokers: number;
}

export interface CdnFlow {
  hits: number;
  misses: number;
  errors: number;
  bytes: number;
}

/** What a system remembers from one step to the next; plain data. */
export interface SystemMemory {
  /** Share of the users by region; the rest finds nobody. */
  shares: Record<string, number>;
  regions: Record<string, RegionMemory>;
}

export interface RegionMemory {
  /** By component; parts of a pod are pods that are about to be ready. */
  pods: Record<string, number>;
  wantedPods: Record<string, number>;
  readyNodes: number;
  /** Part of the pods that was lost with a zone, and since when requests go there in vain. */
  lostShare: number;
  lostSeconds: number;
  /** How full the cache is of what is asked for, 0 to 1. */
  warmth: number;
  /** Messages that wait beyond the usual. */
  backlog: number;
}
