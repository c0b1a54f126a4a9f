import type { SystemRegionState } from '../../../world/types';
import type { SystemSpec } from '../../systems/types';
import type { CacheFlow, RegionMemory } from '../flow';
import type { Trouble } from '../trouble';

/** How long a cache takes to fill with what is asked for. */
const WARM_UP_SECONDS = 600;
/** What a cache that was just made knows of what is asked for. */
const COLD = 0.2;
/** More queries than this, times the usual, never reach the database: the pools are full. */
const MOST_QUERIES = 6;

/** Share of what is asked for that the cache of a region has. */
export function hitRatioOf(
  spec: SystemSpec,
  state: SystemRegionState,
  trouble: Trouble,
  memory: RegionMemory,
): number {
  const isThere = !state.isDark && state.cache.isAvailable;
  return isThere && spec.cache
    ? spec.cache.hits *
        memory.warmth *
        trouble.cacheHits *
        (1 - trouble.cacheIsDown)
    : 0;
}

/** One step of the cache of a region; it changes what is remembered of it. */
export function cacheOf(
  spec: SystemSpec,
  state: SystemRegionState,
  trouble: Trouble,
  memory: RegionMemory,
  offered: number,
  relative: number,
  seconds: number,
): CacheFlow | undefined {
  const { cache } = spec;
  if (!cache || state.cache.role === 'none') {
    return undefined;
  }
  const down =
    state.isDark || !state.cache.isAvailable ? 1 : trouble.cacheIsDown;
  if (down > 0.5) {
    memory.warmth = state.cache.role === 'secondary' ? 1 : COLD;
  } else if (offered > 1) {
    memory.warmth = Math.min(1, memory.warmth + seconds / WARM_UP_SECONDS);
  }
  const asked = offered * cache.operationsPerRequest;
  const operations = asked * (1 - down);
  const hitRatio = cache.hits * memory.warmth * trouble.cacheHits;
  // Half of what is asked is a read by key; the rest sets, counts and expires.
  const lookups = operations / 2;
  const memoryInUse =
    cache.memory *
    Math.min(1, cache.memoryInUse * (0.94 + 0.06 * Math.min(2, relative)));
  return {
    isUp: down < 0.5,
    hits: lookups * hitRatio,
    misses: lookups * (1 - hitRatio),
    operations,
    failed: asked * down + operations * cache.errors,
    operationSeconds:
      cache.operationSeconds * (0.85 + 0.15 * Math.min(3, relative)),
    memory: cache.memory,
    memoryInUse: memoryInUse * (down < 0.5 ? memory.warmth : 0),
    clients:
      down < 0.5 ? Math.round(cache.clients * (0.8 + 0.2 * relative)) : 0,
    evicted: lookups * 0.0004 * relative * (2 - trouble.cacheHits),
    lagSeconds:
      state.cache.role === 'secondary'
        ? state.cache.lagSeconds ?? undefined
        : undefined,
  };
}

/** Queries past the cache, times the usual, when it finds so much of what is asked for. */
export function missFactor(spec: SystemSpec, hitRatio: number): number {
  return spec.cache
    ? Math.min(MOST_QUERIES, (1 - hitRatio) / (1 - spec.cache.hits))
    : 1;
}
