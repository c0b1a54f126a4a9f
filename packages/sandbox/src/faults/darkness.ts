import type { Fault } from './types';

/** What is without power and network. */
export interface Darkness {
  /** As a whole, their AWS endpoints included. */
  regions: string[];
  /** Zones of regions whose endpoints go on. */
  zones: string[];
}

/** Replication that stands still. */
export interface ReplicationPause {
  bucket: string;
  /** Where it copies to. */
  region: string;
}

/** What the emulator has to know of the faults: it decides what services do by themselves. */
export interface EmulatedFaults extends Darkness {
  pausedReplication: ReplicationPause[];
}

/** Name of a zone; of a region where the last letter is left out. */
export const ZONE = /^([a-z]{2}(?:-[a-z]+)+-\d)[a-z]$/;

/** Name of a region. */
export const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** A dark fault for part of the calls is an outage of a service, not of the place. */
function takesAWholePlace({ effect, match, probability }: Fault): boolean {
  return (
    effect.kind === 'dark' &&
    probability >= 1 &&
    match.service === undefined &&
    match.operation === undefined &&
    match.account === undefined
  );
}

function sorted(names: Array<string | undefined>): string[] {
  return [...new Set(names.filter(name => name !== undefined))].sort();
}

/** The places that the faults that are on take away. */
export function darknessOf(faults: readonly Fault[]): Darkness {
  const whole = faults.filter(takesAWholePlace).map(({ match }) => match);
  return {
    regions: sorted(
      whole.filter(({ zone }) => !zone).map(({ region }) => region),
    ),
    zones: sorted(whole.map(({ zone }) => zone)),
  };
}

/** All that the emulator is told of the faults that are on. */
export function emulatedFaults(faults: readonly Fault[]): EmulatedFaults {
  const paused = faults.flatMap(({ effect }) =>
    effect.kind === 'replication-pause'
      ? [{ bucket: effect.bucket, region: effect.region }]
      : [],
  );
  return { ...darknessOf(faults), pausedReplication: paused };
}

/** Whether nothing in a region can be reached. */
export function isRegionDark({ regions }: Darkness, region: string): boolean {
  return regions.includes(region);
}

/** Whether nothing in a zone can be reached: for itself or with its region. */
export function isZoneDark({ regions, zones }: Darkness, zone: string) {
  const region = ZONE.exec(zone)?.[1];
  return (
    zones.includes(zone) || (region !== undefined && regions.includes(region))
  );
}
