import type { Exact } from '../engine/money';
import type { PricedPart, PricingScope } from '../engine/types';

/** AWS's marks of the regions that environments are copied between. */
const OTHER: Record<string, string> = {
  'us-east-1': 'USW2',
  'us-west-2': 'USE1',
};

/** The mark of the region that stands opposite; the region itself where none does, so that no price is found for it. */
export function otherRegionOf(region: string): string {
  return OTHER[region] ?? region;
}

/** Data that leave for the other region. */
export function otherRegionPart(
  title: string,
  gigabytes: Exact,
  scope: PricingScope,
): PricedPart {
  return scope.part(
    title,
    {
      service: 'AWSDataTransfer',
      usage: `${otherRegionOf(scope.region)}-AWS-Out-Bytes`,
    },
    gigabytes,
  );
}
