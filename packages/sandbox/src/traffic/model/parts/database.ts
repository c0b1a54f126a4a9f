import type { SystemRegionState, SystemState } from '../../../world/types';
import type { SystemSpec } from '../../systems/types';
import type { DatabaseFlow } from '../flow';
import type { Trouble } from '../trouble';
import { slownessOf } from './latency';

/** A call over the continent and back. */
const ACROSS_SECONDS = 0.065;

/** How far callers in a region get with the data. */
export interface Reach {
  /** Share of writes that fail. */
  writesFail: number;
  /** Share of reads past the cache that fail. */
  readsFail: number;
  writeSeconds: number;
  readSeconds: number;
}

function isUp({ isDark, database }: SystemRegionState): boolean {
  return !isDark && database.isAvailable && database.role !== 'none';
}

/** Whether the data can be reached from a region, and from how far. */
export function reachOf(
  state: SystemState,
  region: string,
  databaseIsDown: number,
): Reach {
  const regions = Object.values(state.regions);
  const here = state.regions[region];
  const writers = regions.filter(
    other => isUp(other) && other.database.role === 'writer',
  );
  const isHere = (list: SystemRegionState[]) => list.includes(here);
  const readers = regions.filter(isUp);
  return {
    writesFail: writers.length === 0 ? 1 : databaseIsDown,
    readsFail: readers.length === 0 ? 1 : databaseIsDown,
    writeSeconds: writers.length > 0 && !isHere(writers) ? ACROSS_SECONDS : 0,
    readSeconds: readers.length > 0 && !isHere(readers) ? ACROSS_SECONDS : 0,
  };
}

/** What a database is asked for, a second. */
export interface Asked {
  reads: number;
  writes: number;
  /** Share of the system's average load whose pods hold connections. */
  relative: number;
}

/** Queries by the region of the database that answers them: writes go to the writer, reads stay where they can. */
export function queriesByRegion(
  spec: SystemSpec,
  state: SystemState,
  users: (region: string) => { requests: number; relative: number },
  misses: (region: string) => number,
): Record<string, Asked> {
  const { readsPerRequest, writesPerRequest } = spec.database;
  const regions = Object.values(state.regions);
  const up = regions.filter(isUp);
  const writer = up.find(({ database }) => database.role === 'writer');
  const asked: Record<string, Asked> = Object.fromEntries(
    regions.map(({ region }) => [region, { reads: 0, writes: 0, relative: 0 }]),
  );
  for (const of of regions.filter(({ isDark }) => !isDark)) {
    const { requests, relative } = users(of.region);
    const reader = up.includes(of) ? of : writer ?? up[0];
    if (reader) {
      const target = asked[reader.region];
      target.reads += requests * readsPerRequest * misses(of.region);
      target.relative += relative;
    }
    if (writer) {
      asked[writer.region].writes += requests * writesPerRequest;
    }
  }
  return asked;
}

/** The database of a region under what reaches it from all regions. */
export function databaseOf(
  spec: SystemSpec,
  state: SystemRegionState,
  trouble: Trouble,
  asked: Asked,
  noise: number,
): DatabaseFlow | undefined {
  const { database } = spec;
  const { role, isAvailable, capacity, lagSeconds } = state.database;
  if (role === 'none') {
    return undefined;
  }
  const down = state.isDark || !isAvailable ? 1 : trouble.databaseIsDown;
  const usual =
    spec.demand.requests *
    (database.readsPerRequest + database.writesPerRequest);
  const queries = (asked.reads + asked.writes) * (1 - down);
  const relative = usual === 0 ? 0 : queries / usual;
  const cpu = Math.min(1.5, 0.06 + (database.cpu - 0.06) * relative);
  const querySeconds =
    database.querySeconds *
    (0.9 + 0.1 * Math.min(2, relative)) *
    (1 + 0.06 * noise) *
    slownessOf(cpu);
  const { idle, loaded } = database.connections;
  const connections =
    (idle + loaded * Math.min(2.5, asked.relative)) *
    (1 + 0.03 * noise) *
    trouble.connections;
  const writes = asked.writes * (1 - down);
  return {
    isUp: down < 0.5,
    isWriter: role === 'writer',
    maxConnections: capacity.maxConnections,
    connections:
      capacity.maxConnections * Math.min(1, connections) * (1 - down),
    queries,
    querySeconds,
    commits: queries / 3,
    rollbacks: writes * 0.002,
    succeeded: queries * (1 - database.errors),
    failed: queries * database.errors + (asked.reads + asked.writes) * down,
    cpu: Math.min(0.99, cpu) * (1 - down),
    acu: acuOf(database.acu, capacity.acu, relative, down),
    lagSeconds:
      lagSeconds === null || role === 'writer'
        ? undefined
        : lagSeconds * (1 + 0.25 * noise),
  };
}

function acuOf(
  average: number | undefined,
  bounds: { minimum: number; maximum: number } | null,
  relative: number,
  down: number,
): number | undefined {
  if (average === undefined || !bounds) {
    return undefined;
  }
  const wanted = Math.round(average * relative * 2) / 2;
  return (
    Math.max(bounds.minimum, Math.min(bounds.maximum, wanted)) * (1 - down)
  );
}
