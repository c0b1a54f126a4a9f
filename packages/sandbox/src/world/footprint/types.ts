/**
 * What one system of the seed documents has in AWS, as data. Names are the documents' own where they give any; what a
 * document leaves open, or says twice, is decided in docs/adr/0015-the-world-of-the-sandbox.md.
 */
export interface SystemFootprint {
  /** Of the system in the catalog. */
  name: string;
  /** The group in the catalog that owns it. */
  owner: string;
  homeRegion: string;
  /** The home region first. */
  regions: Record<string, RegionFootprint>;
  entrance: EntranceFootprint;
}

/** What it has in one region. A system may have next to nothing in a region that only holds backups. */
export interface RegionFootprint {
  /** A region without a network has only buckets, snapshots and queues. */
  network?: NetworkFootprint;
  cluster?: ClusterFootprint;
  database?: DatabaseFootprint;
  cache?: CacheFootprint;
  /** Its cache runs in the cluster's pods; AWS knows nothing of it. */
  cacheInPods?: boolean;
  kafka?: KafkaFootprint;
  buckets?: BucketFootprint[];
  queues?: string[];
  topics?: string[];
}

/** A VPC with public, private and data subnets in each zone. */
export interface NetworkFootprint {
  /** A /16 of 172.16.0.0/12: environments made in the portal get theirs from 10.0.0.0/8. */
  cidr: string;
  /** Letters of the zones, e.g. `abc`. */
  zones: string;
}

/** An EKS cluster. */
export interface ClusterFootprint {
  name: string;
  nodeGroups: NodeGroupFootprint[];
}

/** A managed node group. */
export interface NodeGroupFootprint {
  name: string;
  instanceTypes: string[];
  capacityType: 'ON_DEMAND' | 'SPOT';
  minimum: number;
  desired: number;
  maximum: number;
}

/** A relational database: an instance of RDS, a read replica of one in another region, or a cluster of Aurora. */
export type DatabaseFootprint =
  | PostgresFootprint
  | CrossRegionReplicaFootprint
  | AuroraFootprint;

export interface PostgresFootprint {
  kind: 'postgres';
  identifier: string;
  instanceClass: string;
  storageGb: number;
  iops?: number;
  multiAz: boolean;
  backupDays: number;
  /** Read replicas in the same region. */
  replicas: string[];
  /** Region that its snapshots are copied to. */
  snapshotsTo?: string;
}

export interface CrossRegionReplicaFootprint {
  kind: 'replica';
  identifier: string;
  instanceClass: string;
  source: { region: string; identifier: string };
}

export interface AuroraFootprint {
  kind: 'aurora';
  identifier: string;
  /** The global database it is a member of; in the home region it is the writer. */
  globalIdentifier?: string;
  /** Zones of its instances, the writer's first, e.g. `ab`. */
  instanceZones: string;
  instanceClass: string;
  /** Bounds in ACU, for `db.serverless`. */
  acu?: { minimum: number; maximum: number };
  backupDays: number;
  deletionProtection: boolean;
  snapshotsTo?: string;
}

/** A replication group of ElastiCache. */
export interface CacheFootprint {
  identifier: string;
  nodeType: string;
  engineVersion: string;
  shards: number;
  replicasPerShard: number;
  /** Cluster mode is on with more than one shard, or where this says so. */
  clusterMode: boolean;
  /** Suffix of the global datastore it is a member of; in the home region it is the primary. */
  globalSuffix?: string;
}

/** An MSK cluster. */
export interface KafkaFootprint {
  name: string;
  brokerType: string;
  brokers: number;
  storageGb: number;
  version: string;
}

/** A bucket; versioned where it replicates or is replicated to. */
export interface BucketFootprint {
  name: string;
  replicatesTo?: string;
  /** Storage class that objects move to after 30 days. */
  movesTo?: 'STANDARD_IA' | 'INTELLIGENT_TIERING' | 'GLACIER';
}

/** How users come in, below the zone of the organisation. */
export interface EntranceFootprint {
  /** CloudFront stands before the API's name. */
  hasCdn: boolean;
  /**
   * How its API's name leaves the home region: `by-itself` when the home endpoint fails its health check, or when the
   * switch is thrown; `by-switch` only when the switch is thrown, because the standby cannot serve by itself; `never`.
   */
  failsOver: 'by-itself' | 'by-switch' | 'never';
  /** Path that the health checks ask for. */
  healthPath: string;
}
