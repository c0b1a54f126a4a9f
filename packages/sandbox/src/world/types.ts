/**
 * What the systems in the sandbox's AWS are in at one moment, whoever can or cannot ask AWS about it: what users and
 * their traffic meet. Plain data; the observer makes it, the traffic reads it.
 */
export interface WorldState {
  /** When it was seen; ISO 8601, UTC. */
  at: string;
  /** False before the footprint has been read once: every value is then that of a world in which all is well. */
  isObserved: boolean;
  /** By name of the region; those in which any system has a part. */
  regions: Record<string, RegionCondition>;
  /** By name of the system in the catalog. */
  systems: Record<string, SystemState>;
}

/** What the power is like in a region. */
export interface RegionCondition {
  /** Nothing in it can be reached, from inside or outside. */
  isDark: boolean;
  /** Zones without power while the region has some, e.g. `us-east-1a`. */
  darkZones: string[];
}

/** One system. */
export interface SystemState {
  name: string;
  /** The region that serves while nothing is wrong. */
  homeRegion: string;
  /** Every region that it has a part in, also one that only holds backups. */
  regions: Record<string, SystemRegionState>;
  /** The names that its users look up; the first is the one of its API. */
  dns: PublicNameState[];
  healthChecks: HealthCheckState[];
}

/** One system in one region. Whatever lies in the dark is not ready and not available. */
export interface SystemRegionState extends RegionCondition {
  region: string;
  nodes: NodesState;
  database: DatabaseState;
  cache: CacheState;
  storage: StorageState;
  queues: QueueState[];
}

/** The machines of its clusters, summed over its node groups. */
export interface NodesState {
  desired: number;
  /** Those that run, in a zone with power. */
  ready: number;
  /** The most that its node groups may grow to. */
  maximum: number;
  /** Ready ones by zone. */
  readyByZone: Record<string, number>;
  /** E.g. `c5.2xlarge`; empty where it has no nodes. */
  instanceType: string;
  /** vCPUs of all ready nodes. */
  vcpus: number;
}

/** Its relational database, as seen from within the region. */
export interface DatabaseState {
  /** `writer`: writes succeed here; `reader`: only reads do; `none`: there is no database here. */
  role: 'writer' | 'reader' | 'none';
  /** The database that has the role accepts connections. False while it fails over, restarts or lies in the dark. */
  isAvailable: boolean;
  /** How far the data here is behind the writer; 0 for the writer, null where nothing is replicated to here. */
  lagSeconds: number | null;
  /** Identifier of the instance or cluster that has the role; empty where there is none. */
  identifier: string;
  /** Further instances that take reads only and are available. */
  readers: number;
  capacity: DatabaseCapacity;
}

/** What a database can take. */
export interface DatabaseCapacity {
  /** Of the instance that has the role, in connections; 0 where there is none. */
  maxConnections: number;
  /** E.g. `db.r5.2xlarge`, `db.serverless`. */
  instanceClass: string;
  vcpus: number;
  /** Bounds of Aurora Serverless v2 in ACU; null for others. */
  acu: { minimum: number; maximum: number } | null;
}

/** Its cache, as seen from within the region. */
export interface CacheState {
  /** `primary` takes writes, `secondary` only reads. `in-cluster`: it runs in pods, so AWS knows nothing of it. */
  role: 'primary' | 'secondary' | 'in-cluster' | 'none';
  isAvailable: boolean;
  /** Behind the primary of the other region; 0 for the primary, null where nothing is replicated to here. */
  lagSeconds: number | null;
  /** Available nodes. */
  nodes: number;
  /** E.g. `cache.r6g.xlarge`; empty where there is none. */
  nodeType: string;
}

/** Its buckets that are replicated between regions. */
export interface StorageState {
  /** Buckets of the system in this region. */
  buckets: string[];
  /** The regions that replicate into this one. */
  replicatesFrom: string[];
  /** Of the slowest replication into this region; null where nothing is replicated to here. */
  lagSeconds: number | null;
}

/** One queue. */
export interface QueueState {
  name: string;
  kind: 'sqs' | 'kafka';
  isAvailable: boolean;
  /** Messages that wait; 0 for Kafka, whose broker count stands for its state. */
  waiting: number;
}

/** What a new look-up of a public name gets now. */
export interface PublicNameState {
  /** Without a final dot. */
  name: string;
  /** `cloudfront`: users reach the edge always, and the edge looks the origin's name up. */
  through: 'direct' | 'cloudfront';
  /** How long an answer is kept by those who have it. */
  ttlSeconds: number;
  /** Share of new look-ups by region, 0 to 1 each. */
  shares: Record<string, number>;
  /** Share that leads to no region that is known; with all of `shares` it adds up to 1. */
  nowhere: number;
}

/** A health check of Route 53. */
export interface HealthCheckState {
  id: string;
  /** From its tag `Name`; the endpoint where it has none. */
  name: string;
  /** The region whose endpoint it asks; null where that cannot be told. */
  region: string | null;
  isHealthy: boolean;
}

/** Where the newest state can be had at any time, without waiting. */
export interface WorldView {
  current(): WorldState;
  /** Called after every new state; returns what ends it. */
  subscribe(listener: (state: WorldState) => void): () => void;
}
