import type { SystemState } from '../../../world/types';

/**
 * Where users go after some seconds: those who look the name up anew get its present answer, and within one TTL every
 * name server has done so. What the answers no longer say is thus gone after one TTL, evenly over that time.
 */
export function moveUsers(
  shares: Record<string, number>,
  { dns, homeRegion, regions }: SystemState,
  seconds: number,
): Record<string, number> {
  const name = dns[0];
  const answers: Record<string, number> = name?.shares ?? { [homeRegion]: 1 };
  const step = seconds / Math.max(name?.ttlSeconds ?? 60, 1);
  const moved: Record<string, number> = {};
  for (const region of Object.keys(regions)) {
    const now = shares[region] ?? 0;
    const then = answers[region] ?? 0;
    moved[region] = now + Math.max(-step, Math.min(step, then - now));
  }
  return moved;
}
