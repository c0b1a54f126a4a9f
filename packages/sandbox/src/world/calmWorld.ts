import { apiName, DECIDING_TTL_SECONDS, siteName } from './footprint/names';
import { SYSTEMS } from './footprint/systems';
import type {
  DatabaseFootprint,
  NetworkFootprint,
  RegionFootprint,
  SystemFootprint,
} from './footprint/types';
import { NO_CACHE } from './observe/caches';
import { maxConnectionsOf, vcpusOf, vcpusOfAcus } from './observe/capacity';
import { NO_DATABASE } from './observe/databases';
import { noFacts } from './observe/facts';
import { NO_NODES } from './observe/nodes';
import type {
  CacheState,
  DatabaseState,
  NodesState,
  SystemRegionState,
  SystemState,
  WorldState,
} from './types';

const USUAL_LAG = noFacts().lag;

function calmNodes(
  region: string,
  network: NetworkFootprint | undefined,
  { cluster }: RegionFootprint,
): NodesState {
  if (!cluster || !network) {
    return NO_NODES;
  }
  const sum = (of: 'desired' | 'maximum') =>
    cluster.nodeGroups.reduce((total, group) => total + group[of], 0);
  const zones = [...network.zones];
  const readyByZone: Record<string, number> = {};
  for (let node = 0; node < sum('desired'); node++) {
    const zone = `${region}${zones[node % zones.length]}`;
    readyByZone[zone] = (readyByZone[zone] ?? 0) + 1;
  }
  return {
    desired: sum('desired'),
    ready: sum('desired'),
    maximum: sum('maximum'),
    readyByZone,
    instanceType: cluster.nodeGroups[0].instanceTypes[0],
    vcpus: cluster.nodeGroups.reduce(
      (total, { desired, instanceTypes }) =>
        total + desired * vcpusOf(instanceTypes[0]),
      0,
    ),
  };
}

function readersOf(database: DatabaseFootprint): number {
  switch (database.kind) {
    case 'aurora':
      return database.instanceZones.length - 1;
    case 'postgres':
      return database.replicas.length;
    default:
      return 0;
  }
}

function calmDatabase(
  database: DatabaseFootprint | undefined,
  isHome: boolean,
): DatabaseState {
  if (!database) {
    return NO_DATABASE;
  }
  const acu = (database.kind === 'aurora' && database.acu) || null;
  const { identifier, instanceClass } = database;
  return {
    role: isHome ? 'writer' : 'reader',
    isAvailable: true,
    lagSeconds: isHome
      ? 0
      : USUAL_LAG[database.kind === 'aurora' ? 'aurora' : 'rds'],
    identifier,
    readers: readersOf(database),
    capacity: {
      maxConnections: maxConnectionsOf(instanceClass, acu),
      instanceClass,
      vcpus: acu ? vcpusOfAcus(acu.maximum) : vcpusOf(instanceClass),
      acu,
    },
  };
}

function calmCache(
  { cache, cacheInPods }: RegionFootprint,
  isHome: boolean,
): CacheState {
  if (cacheInPods) {
    return { ...NO_CACHE, role: 'in-cluster', isAvailable: true, nodes: 1 };
  }
  return cache
    ? {
        role: isHome ? 'primary' : 'secondary',
        isAvailable: true,
        lagSeconds: isHome ? 0 : USUAL_LAG.elasticache,
        nodes: cache.shards * (cache.replicasPerShard + 1),
        nodeType: cache.nodeType,
      }
    : NO_CACHE;
}

function calmRegion(
  system: SystemFootprint,
  region: string,
): SystemRegionState {
  const parts = system.regions[region];
  const isHome = region === system.homeRegion;
  const names = new Set(parts.buckets?.map(({ name }) => name));
  const replicatesFrom = Object.entries(system.regions)
    .filter(([, { buckets = [] }]) =>
      buckets.some(({ replicatesTo = '' }) => names.has(replicatesTo)),
    )
    .map(([other]) => other);
  return {
    region,
    isDark: false,
    darkZones: [],
    nodes: calmNodes(region, parts.network, parts),
    database: calmDatabase(parts.database, isHome),
    cache: calmCache(parts, isHome),
    storage: {
      buckets: [...names],
      replicatesFrom,
      lagSeconds: replicatesFrom.length > 0 ? USUAL_LAG.s3 : null,
    },
    queues: [
      ...(parts.queues ?? []).map(name => ({
        name,
        kind: 'sqs' as const,
        isAvailable: true,
        waiting: 0,
      })),
      ...(parts.kafka
        ? [
            {
              name: parts.kafka.name,
              kind: 'kafka' as const,
              isAvailable: true,
              waiting: 0,
            },
          ]
        : []),
    ],
  };
}

function calmSystem(system: SystemFootprint): SystemState {
  const atHome = {
    ttlSeconds: DECIDING_TTL_SECONDS,
    shares: { [system.homeRegion]: 1 },
    nowhere: 0,
  };
  return {
    name: system.name,
    homeRegion: system.homeRegion,
    regions: Object.fromEntries(
      Object.keys(system.regions).map(region => [
        region,
        calmRegion(system, region),
      ]),
    ),
    dns: [
      { name: apiName(system.name), through: 'direct', ...atHome },
      ...(system.entrance.hasCdn
        ? [
            {
              name: siteName(system.name),
              through: 'cloudfront' as const,
              ...atHome,
            },
          ]
        : []),
    ],
    healthChecks: [],
  };
}

/** The world in which all is well and every system is as its footprint says: the past, and until AWS has been read. */
export function calmWorld(
  at: Date,
  systems: readonly SystemFootprint[] = SYSTEMS,
): WorldState {
  const regions = new Set(
    systems.flatMap(system => Object.keys(system.regions)),
  );
  return {
    at: at.toISOString(),
    isObserved: false,
    regions: Object.fromEntries(
      [...regions].map(region => [region, { isDark: false, darkZones: [] }]),
    ),
    systems: Object.fromEntries(
      systems.map(system => [system.name, calmSystem(system)]),
    ),
  };
}
