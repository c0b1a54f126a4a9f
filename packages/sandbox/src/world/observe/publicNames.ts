import type { DnsAnswer, RoutingContext } from '../../dns/routing';
import { regionOf } from '../../dns/balancers';
import { apiName, siteName } from '../footprint/names';
import type { SystemFootprint } from '../footprint/types';
import type { PublicNameState } from '../types';

/** Asks the sandbox's DNS, as a resolver near `client` would. */
export type Resolve = (
  name: string,
  type: string,
  client: RoutingContext['client'],
  draw: number,
) => DnsAnswer | undefined;

const MOST_NAMES_FOLLOWED = 8;
/** Enough to tell weights apart to a hundredth, where there are any. */
const FINE_DRAWS = 100;
const COARSE_DRAWS = [0, 0.35, 0.65, 0.999];

/** Users are taken to come from both coasts and from Europe in equal parts, where the answer depends on it. */
const CLIENTS: ReadonlyArray<RoutingContext['client']> = [
  { region: 'us-east-1', country: 'US', continent: 'NA' },
  { region: 'us-west-2', country: 'US', continent: 'NA' },
  { region: 'eu-west-1', country: 'DE', continent: 'EU' },
];

interface Destination {
  region: string | undefined;
  ttlSeconds: number;
}

/** Follows a name until one of an AWS region; the answer that is kept longest on the way decides how long it is kept. */
function follow(
  resolve: Resolve,
  name: string,
  client: RoutingContext['client'],
  draw: number,
): Destination {
  let current = name;
  let ttlSeconds: number | undefined;
  for (let followed = 0; followed < MOST_NAMES_FOLLOWED; followed++) {
    const found = resolve(current, 'A', client, draw);
    if (!found) {
      break;
    }
    ttlSeconds ??= found.ttlSeconds;
    const next = found.alias ?? found.values[0];
    const region = next === undefined ? undefined : regionOf(next);
    if (region || !found.alias) {
      return { region, ttlSeconds };
    }
    current = found.alias;
  }
  return { region: undefined, ttlSeconds: ttlSeconds ?? 0 };
}

function destinations(
  resolve: Resolve,
  name: string,
  draws: readonly number[],
): Destination[] {
  return CLIENTS.flatMap(client =>
    draws.map(draw => follow(resolve, name, client, draw)),
  );
}

/** Where new look-ups of a name lead, in shares. */
export function sharesOf(
  resolve: Resolve,
  name: string,
): Pick<PublicNameState, 'shares' | 'nowhere' | 'ttlSeconds'> {
  let found = destinations(resolve, name, COARSE_DRAWS);
  if (found.some(({ region }) => region !== found[0].region)) {
    const draws = Array.from(
      { length: FINE_DRAWS },
      (_, index) => (index + 0.5) / FINE_DRAWS,
    );
    found = destinations(resolve, name, draws);
  }
  const shares: Record<string, number> = {};
  let nowhere = 0;
  for (const { region } of found) {
    if (region) {
      shares[region] = (shares[region] ?? 0) + 1;
    } else {
      nowhere += 1;
    }
  }
  for (const region of Object.keys(shares)) {
    shares[region] /= found.length;
  }
  return {
    shares,
    nowhere: nowhere / found.length,
    ttlSeconds: Math.max(...found.map(({ ttlSeconds }) => ttlSeconds)),
  };
}

/** The names that users of a system look up. CloudFront looks its origin's name up, so that decides behind it. */
export function publicNames(
  system: SystemFootprint,
  resolve: Resolve,
): PublicNameState[] {
  const api = sharesOf(resolve, apiName(system.name));
  return [
    { name: apiName(system.name), through: 'direct', ...api },
    ...(system.entrance.hasCdn
      ? [
          {
            name: siteName(system.name),
            through: 'cloudfront' as const,
            ...api,
          },
        ]
      : []),
  ];
}
