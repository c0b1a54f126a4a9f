/** What is known of a system's traffic, from its document. Rates are per second, times in seconds, sizes in bytes. */
export interface SystemSpec {
  /** In the catalog. */
  name: string;
  homeRegion: string;
  demand: DemandSpec;
  components: readonly ComponentSpec[];
  nodes: NodesSpec;
  database: DatabaseSpec;
  cache?: CacheSpec;
  queue?: QueueSpec;
  cdn?: CdnSpec;
  pageLoad?: PageLoadSpec;
  /** Bytes sent by users with each request of theirs, on average. */
  uploadBytesPerRequest?: number;
  kpis: readonly KpiSpec[];
  /** How long requests still go to a zone that has gone dark. */
  zoneFailoverSeconds: number;
  /** How long a new pod takes until it serves. */
  podStartSeconds: number;
  /** Of the control plane of its cluster. */
  apiServerErrors: number;
  stories: Stories;
}

/** How much is asked, and when. */
export interface DemandSpec {
  /** Requests of users that reach the entry of the system, on average over the year. */
  requests: number;
  /** Users at work at the same time, for each request a second. */
  usersPerRequest: number;
  /** Weight of each hour of the day, UTC; only their relations count. */
  hours: readonly number[];
  /** Weight of each day of the week from Sunday on; only their relations count. */
  weekdays: readonly number[];
}

/** One component of the system. */
export interface ComponentSpec {
  /** In the catalog. */
  name: string;
  /** Undefined for what is not called by HTTP. */
  http?: HttpSpec;
  /** Undefined for what takes no work from a queue or table. */
  jobs?: JobsSpec;
  pods: PodsSpec;
  /** From the start of a deployment until all pods are new, on average. */
  deploySeconds: number;
}

/** How a component answers while nothing is wrong. */
export interface HttpSpec {
  /** Calls to it for each request of a user. */
  calls: number;
  /** Share of calls that write. */
  writes: number;
  /** Share of answers within each of {@link LATENCY_BOUNDS}. */
  within: readonly number[];
  /** Share of calls that fail by its fault (500). */
  serverErrors: number;
  /** Share of calls that fail by the caller's fault (404, 422). */
  clientErrors: number;
}

/** Upper bounds of the buckets in which answers are counted. */
export const LATENCY_BOUNDS = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5, 5, 10,
] as const;

/** Work in the background. */
export interface JobsSpec {
  /** Jobs for each request of a user. */
  perRequest: number;
  seconds: number;
  errors: number;
}

/** The pods of a component. */
export interface PodsSpec {
  /** Bounds of its autoscaler in the home region. */
  minimum: number;
  maximum: number;
  /** Kept in the standby region while it serves nobody. */
  standby: number;
  /** Requested by each. */
  cpu: number;
  memory: number;
  /** Seconds of CPU for each call or job. */
  cpuPerCall: number;
  /** Share of the requested CPU that the autoscaler aims at. */
  targetUtilization: number;
}

/** The machines of its cluster; how many there are, and of which kind, is the world's to say. */
export interface NodesSpec {
  /** The fewest that the autoscaler keeps in the home region. */
  minimum: number;
  /** Of each. */
  memory: number;
  /** Taken on each by what is not the system's own: kubelet, mesh, monitoring. */
  overheadVcpus: number;
  /** Share of memory in use while load is average. */
  memoryInUse: number;
  /** Pods of the system that fit on one. */
  pods: number;
  /** Sent and received for each request, beside uploads. */
  bytesPerRequest: number;
}

/** The relational database. */
export interface DatabaseSpec {
  /** Share of the connections in use: without load, and added at average load. */
  connections: { idle: number; loaded: number };
  /** For each request of a user. */
  readsPerRequest: number;
  writesPerRequest: number;
  /** Average time of a query. */
  querySeconds: number;
  /** Share of queries that fail by the database's fault. */
  errors: number;
  /** Share of the CPU in use at average load. */
  cpu: number;
  /** ACU at average load, for Aurora Serverless. */
  acu?: number;
}

/** The cache. */
export interface CacheSpec {
  hits: number;
  operationsPerRequest: number;
  /** Average time of an operation. */
  operationSeconds: number;
  errors: number;
  memory: number;
  memoryInUse: number;
  clients: number;
}

/** What waits to be worked on. */
export interface QueueSpec {
  kind: 'sqs' | 'kafka';
  name: string;
  /** The component that takes from it. */
  consumer: string;
  /** Messages for each request of a user. */
  messagesPerRequest: number;
  /** Messages that wait at average load while nothing is wrong. */
  waiting: number;
  /** Of Kafka. */
  brokers?: number;
}

/** The network of caches in front. */
export interface CdnSpec {
  /** Requests to it for each request that reaches the system. */
  requestsPerRequest: number;
  hits: number;
  bytesPerRequest: number;
}

/** What a browser takes to show a page. */
export interface PageLoadSpec {
  /** Pages for each request of a user. */
  pagesPerRequest: number;
  /** Share of pages shown within each of {@link PAGE_BOUNDS}. */
  within: readonly number[];
}

/** Upper bounds of the buckets in which page loads are counted. */
export const PAGE_BOUNDS = [0.5, 1, 1.5, 2, 3, 5, 10] as const;

/** What the business counts. */
export interface KpiSpec {
  event: string;
  /** Events for each write that succeeds, or for each read. */
  perWrite?: number;
  perRead?: number;
  /** In dollars, on average. */
  value?: number;
  /** Number of things of this kind that there were when 2026 began, where they stay. */
  stored?: number;
}

/** What goes wrong in each of the system's cycles. */
export interface Stories {
  outage: Story;
  slowBurn: Story;
  strain: Story;
}

/** Something that goes wrong, and how it looks. */
export interface Story {
  title: string;
  /** The component that is at fault, for what the deploys tell. */
  component: string;
  minutes: { least: number; most: number };
  /** How long it takes to get as bad as it gets, and to become good again. */
  rampMinutes: number;
  effect: Effect;
}

/** How things are while a story is at its worst. */
export interface Effect {
  /** Share of the component's calls that fail beside the usual. */
  errors?: number;
  /** Answers of the component take so many times as long. */
  latency?: number;
  /** Writes fail, because the database has no writer. */
  databaseIsDown?: boolean;
  cacheIsDown?: boolean;
  /** A third of the nodes is gone. */
  zoneIsDown?: boolean;
  /** Nothing is taken from the queue. */
  consumersAreDown?: boolean;
  /** Connections to the database, times the usual. */
  connections?: number;
  /** Cache hits, times the usual. */
  cacheHits?: number;
  /** Seconds of CPU for each call, times the usual. */
  cpu?: number;
}
