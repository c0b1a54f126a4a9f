import { InputError } from '@backstage/errors';
import type { Routing } from '../edge/RoutedRecord';
import type { ParameterReader } from '../stack/ParameterReader';

/** What this environment is among the regions, and what it knows of the other one. @public */
export type RegionRole =
  | { kind: 'single' }
  | { kind: 'primary'; standbyStack?: string; standbyRegion?: string }
  | { kind: 'standby'; primaryStack: string };

/** @throws InputError if a standby names no primary, or a primary a stack without its region. @public */
export function readRegionRole(
  reader: ParameterReader,
  region: string,
): RegionRole {
  const kind = reader.oneOf('role', ['single', 'primary', 'standby']);
  const stack = reader.string('partnerStack');
  const partnerRegion = reader.string('partnerRegion');
  if (partnerRegion === region) {
    throw new InputError(
      `The other region is this one, ${region}: choose another for one of the two.`,
    );
  }
  if (kind === 'single') {
    if (stack || partnerRegion) {
      throw new InputError(
        'A single region has no other: choose role primary or standby, or leave partnerStack and partnerRegion empty.',
      );
    }
    return { kind };
  }
  if (kind === 'standby') {
    if (!stack) {
      throw new InputError(
        'A standby follows a primary: give partnerStack, the name of the primary’s stack.',
      );
    }
    return { kind, primaryStack: stack };
  }
  if (stack && !partnerRegion) {
    throw new InputError(
      'The stack of a standby needs its region too: give partnerRegion, or leave partnerStack empty.',
    );
  }
  return {
    kind,
    ...(stack && { standbyStack: stack }),
    ...(partnerRegion && { standbyRegion: partnerRegion }),
  };
}

/** How DNS chooses between the regions; undefined for a single one. @public */
export function readRouting(
  reader: ParameterReader,
  role: RegionRole,
): Routing | undefined {
  const kind = reader.oneOf('routing', ['failover', 'weighted', 'geolocation']);
  const weight = reader.integer('routingWeight');
  const continent = reader.string('routingContinent');
  if (role.kind === 'single') return undefined;
  if (kind === 'failover') return { kind, role: role.kind };
  return kind === 'weighted' ? { kind, weight } : { kind, continent };
}

/** Name of a bucket that the other region's stack can know: `slipway-shop-prod-storage-123456789012-us-east-1`. @public */
export function regionalBucketName(
  stackName: string,
  kind: string,
  accountId: string,
  region: string,
): string {
  const name = `${stackName}-${kind}-${accountId}-${region}`;
  if (name.length > 63) {
    throw new InputError(
      `The bucket ${name} would have ${name.length} characters, of 63: give the environment a shorter name.`,
    );
  }
  return name;
}
