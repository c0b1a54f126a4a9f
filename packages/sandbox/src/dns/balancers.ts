import type { EmulatedFaults } from '../faults/darkness';

/** A load balancer as the emulator tells it. */
export interface Balancer {
  /** In lower case, without a final dot. */
  dnsName: string;
  region: string;
  /** Some zone of it has power, and some target in each target group that has any. */
  serves: boolean;
}

/** What the emulator tells besides Route 53's own records. */
export interface EmulatedWorld {
  darkness: EmulatedFaults;
  balancers: Balancer[];
}

const REGION_IN_NAME =
  /(?:^|[.-])((?:us|eu|ap|sa|ca|me|af|il|mx)(?:-gov)?-[a-z]+-\d)(?=\.|$)/;

/** The region that an AWS host name says it is in. */
export function regionOf(hostName: string): string | undefined {
  return REGION_IN_NAME.exec(plain(hostName))?.[1];
}

function plain(hostName: string): string {
  return hostName
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '');
}

/**
 * Whether what stands behind an AWS name answers: a load balancer while it has a zone and targets to serve from, any
 * other name while its region has power. Undefined for a name that tells no region.
 */
export function answers(
  hostName: string,
  balancers: readonly Balancer[],
  isDark: (region: string) => boolean,
): boolean | undefined {
  const balancer = balancers.find(({ dnsName }) => dnsName === plain(hostName));
  const region = balancer?.region ?? regionOf(hostName);
  if (region === undefined) {
    return undefined;
  }
  return !isDark(region) && (balancer?.serves ?? true);
}
