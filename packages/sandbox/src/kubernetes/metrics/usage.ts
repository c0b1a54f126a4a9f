import { createHash } from 'node:crypto';
import type { Workload } from '../content/types';

/** Share of what they request that pods use while a system serves its usual peak with its usual replicas. */
const CPU_AT_PEAK = 0.62;
/** Memory hardly follows the load: what is loaded once stays. */
const MEMORY_AT_REST = 0.55;
const MEMORY_FOR_LOAD = 0.17;
/** CPU of a pod that waits for requests, as a share of its request. */
const CPU_AT_REST = 0.04;
/** How much one pod differs from its siblings, at most, as a share. */
const SPREAD = 0.08;

/** Of one pod. */
export interface PodUsage {
  millicores: number;
  mebibytes: number;
}

const CPU_UNITS: Record<string, number> = { m: 1, '': 1000 };
const MEMORY_UNITS: Record<string, number> = { Mi: 1, Gi: 1024 };

/** `250m` → 250, `2` → 2000. */
export function millicoresOf(cpu: string): number {
  const [, number, unit] = /^([\d.]+)(m?)$/.exec(cpu)!;
  return Number(number) * CPU_UNITS[unit];
}

/** `256Mi` → 256, `2Gi` → 2048. */
export function mebibytesOf(memory: string): number {
  const [, number, unit] = /^([\d.]+)(Mi|Gi)$/.exec(memory)!;
  return Number(number) * MEMORY_UNITS[unit];
}

/** Between −1 and 1, the same for the same pod and minute. */
function difference(pod: string, minute: number): number {
  const [byte] = createHash('sha256').update(`${pod}/${minute}`).digest();
  return byte / 127.5 - 1;
}

/**
 * What a pod uses when its system takes `load` (1 is the usual peak) with `ready` ready pods of this workload: work is
 * shared evenly, so that with fewer pods each has more to do.
 */
export function podUsage(
  workload: Pick<Workload, 'requests' | 'replicas'>,
  pod: string,
  at: { load: number; ready: number; minute: number },
): PodUsage {
  const share = (at.load * workload.replicas) / Math.max(at.ready, 1);
  const varied = 1 + SPREAD * difference(pod, at.minute);
  const cpu = (CPU_AT_REST + CPU_AT_PEAK * share) * varied;
  const memory =
    (MEMORY_AT_REST + MEMORY_FOR_LOAD * Math.min(share, 1.5)) * varied;
  return {
    millicores: Math.round(millicoresOf(workload.requests.cpu) * cpu),
    mebibytes: Math.round(mebibytesOf(workload.requests.memory) * memory),
  };
}

/**
 * The load of a day where nobody tells of the real one: least at 04:00 UTC, most at 16:00; 1 is the usual peak.
 */
export function dailyLoad(at: Date): number {
  const hours = at.getUTCHours() + at.getUTCMinutes() / 60;
  return 0.65 + 0.35 * Math.cos(((hours - 16) / 24) * 2 * Math.PI);
}
