import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { ReplicationGroup } from '@aws-sdk/client-elasticache';
import type { DBCluster, DBInstance, GlobalCluster } from '@aws-sdk/client-rds';
import type { HealthCheckState, QueueState } from '../types';

/** A health check as Route 53 keeps it; whether it is healthy its data plane knows. */
export type KnownHealthCheck = Omit<HealthCheckState, 'isHealthy'> & {
  /** By its tags; null where they name none. */
  system: string | null;
};

/** What AWS told when it was last asked, as it told it; the state is made of this alone. */
export interface Facts {
  /** By region. */
  regions: Record<string, RegionFacts>;
  globalClusters: GlobalCluster[];
  healthChecks: KnownHealthCheck[];
  /** Replication of the footprint's buckets, also of those that were turned round since. */
  replications: Array<{ source: string; target: string }>;
  /** Seconds by kind, without what darkness adds. */
  lag: Lag;
}

export interface RegionFacts {
  instances: DBInstance[];
  clusters: DBCluster[];
  caches: ReplicationGroup[];
  /** Tags of the caches, by ARN: the caches themselves do not tell them. */
  cacheTags: Record<string, Record<string, string>>;
  groups: AutoScalingGroup[];
  /** By system. */
  queues: Record<string, QueueState[]>;
}

/** How far replicas are usually behind, in seconds. */
export interface Lag {
  rds: number;
  aurora: number;
  elasticache: number;
  s3: number;
}

/** Where there is no power. */
export interface Darkness {
  /** Seconds for which each dark region has been so. */
  regions: Record<string, number>;
  zones: readonly string[];
}

/** As long as nothing was read. */
export function noFacts(): Facts {
  return {
    regions: {},
    globalClusters: [],
    healthChecks: [],
    replications: [],
    lag: { rds: 1, aurora: 0.2, elasticache: 0.5, s3: 1 },
  };
}

export function noRegionFacts(): RegionFacts {
  return {
    instances: [],
    clusters: [],
    caches: [],
    cacheTags: {},
    groups: [],
    queues: {},
  };
}

/** Answers whether a place has power. */
export class Power {
  readonly #darkness: Darkness;

  constructor(darkness: Darkness) {
    this.#darkness = darkness;
  }

  isOn(region: string, zone?: string): boolean {
    return (
      this.#darkness.regions[region] === undefined &&
      !(zone && this.#darkness.zones.includes(zone))
    );
  }

  /** Seconds for which a region has been dark; 0 while it has power. */
  secondsDark(region: string): number {
    return this.#darkness.regions[region] ?? 0;
  }

  /** Dark zones of a region that is not dark as a whole. */
  darkZones(region: string): string[] {
    return this.#darkness.zones.filter(zone => zone.startsWith(region));
  }
}
