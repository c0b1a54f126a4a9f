import type { SystemFootprint } from '../footprint/types';
import type {
  StorageState,
  SystemRegionState,
  SystemState,
  WorldState,
} from '../types';
import { cacheState } from './caches';
import { databaseState } from './databases';
import { type Facts, noRegionFacts, type Power } from './facts';
import { nodesState } from './nodes';
import { publicNames, type Resolve } from './publicNames';

/** The data plane of Route 53. */
export interface WorldDns {
  resolve: Resolve;
  isHealthy: (healthCheckId: string) => boolean;
}

function storageState(
  system: SystemFootprint,
  region: string,
  facts: Facts,
  power: Power,
): StorageState {
  const bucketsIn = (name: string) =>
    (system.regions[name]?.buckets ?? []).map(bucket => bucket.name);
  const buckets = bucketsIn(region);
  const replicatesFrom = Object.keys(system.regions).filter(other =>
    facts.replications.some(
      ({ source, target }) =>
        bucketsIn(other).includes(source) && buckets.includes(target),
    ),
  );
  return {
    buckets,
    replicatesFrom,
    lagSeconds:
      replicatesFrom.length === 0
        ? null
        : facts.lag.s3 +
          Math.max(...replicatesFrom.map(from => power.secondsDark(from))),
  };
}

function regionState(
  system: SystemFootprint,
  region: string,
  facts: Facts,
  power: Power,
): SystemRegionState {
  const { queues } = facts.regions[region] ?? noRegionFacts();
  return {
    region,
    isDark: !power.isOn(region),
    darkZones: power.darkZones(region),
    nodes: nodesState(system, region, facts, power),
    database: databaseState(system, region, facts, power),
    cache: cacheState(system, region, facts, power),
    storage: storageState(system, region, facts, power),
    queues: (queues[system.name] ?? []).map(queue => ({
      ...queue,
      isAvailable: queue.isAvailable && power.isOn(region),
    })),
  };
}

function systemState(
  system: SystemFootprint,
  facts: Facts,
  power: Power,
  dns: WorldDns,
): SystemState {
  return {
    name: system.name,
    homeRegion: system.homeRegion,
    regions: Object.fromEntries(
      Object.keys(system.regions).map(region => [
        region,
        regionState(system, region, facts, power),
      ]),
    ),
    dns: publicNames(system, dns.resolve),
    healthChecks: facts.healthChecks
      .filter(check => check.system === system.name)
      .map(({ id, name, region }) => ({
        id,
        name,
        region,
        isHealthy: dns.isHealthy(id),
      })),
  };
}

/** The state of the world from what was read of it. */
export function worldState(
  systems: readonly SystemFootprint[],
  facts: Facts,
  power: Power,
  dns: WorldDns,
  at: Date,
): WorldState {
  const regions = [
    ...new Set(systems.flatMap(system => Object.keys(system.regions))),
  ];
  return {
    at: at.toISOString(),
    isObserved: true,
    regions: Object.fromEntries(
      regions.map(region => [
        region,
        { isDark: !power.isOn(region), darkZones: power.darkZones(region) },
      ]),
    ),
    systems: Object.fromEntries(
      systems.map(system => [
        system.name,
        systemState(system, facts, power, dns),
      ]),
    ),
  };
}
