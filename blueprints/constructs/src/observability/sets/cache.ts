import type { RedisCache } from '../../cache/RedisCache';
import type { Alarms } from '../Alarms';
import { FIVE_MINUTES } from './periods';

/**
 * Redis: load, memory, and keys let go for want of it (rows 001-46, 002-13, 003-22).
 *
 * @public
 */
export function addCacheAlarms(alarms: Alarms, cache: RedisCache): void {
  for (const [index, node] of cache.nodeIds.entries()) {
    const metric = {
      namespace: 'AWS/ElastiCache',
      dimensions: { CacheClusterId: node },
      ...FIVE_MINUTES,
    };
    alarms
      .add(`cache-${index + 1}-cpu`, {
        ...metric,
        description: `Node ${
          index + 1
        } of the cache uses more than 80 % of its one core for Redis.`,
        metricName: 'EngineCPUUtilization',
        statistic: 'Average',
        when: 'above',
        threshold: 80,
        periods: 3,
      })
      .add(`cache-${index + 1}-memory`, {
        ...metric,
        description: `Node ${
          index + 1
        } of the cache uses more than 85 % of its memory; add a shard or a larger node.`,
        metricName: 'DatabaseMemoryUsagePercentage',
        statistic: 'Average',
        when: 'above',
        threshold: 85,
        periods: 3,
      });
  }
}
