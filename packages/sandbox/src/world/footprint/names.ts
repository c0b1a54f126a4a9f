/** Every public name of the footprint lies below this zone. */
export const ZONE_NAME = 'slipway.example';

/**
 * How long resolvers keep the answer that decides about a region, in seconds: with three health checks 10 s apart it
 * stays within the minute of document 001.
 */
export const DECIDING_TTL_SECONDS = 30;

/** The name that browsers ask for where CloudFront stands before a system. */
export function siteName(system: string): string {
  return `${system}.${ZONE_NAME}`;
}

/** The name of a system's API, which is also the origin of its distribution: it decides about the region. */
export function apiName(system: string): string {
  return `api.${siteName(system)}`;
}

/** The name of a system's entrance in one region. */
export function regionalName(system: string, region: string): string {
  return `${region}.${siteName(system)}`;
}

/** The bucket whose objects are the switches: while `<system>` is in it, that system's API leaves its home region. */
export const SWITCH_BUCKET = 'slipway-failover-switches';

/** Where the switches are: they must work while any home region is dark. */
export const SWITCH_REGION = 'us-west-2';

/** Name of a health check, in its tag `Name`. */
export const healthCheckNames = {
  endpoint: (system: string, region: string) => `${system} in ${region}`,
  switch: (system: string) => `${system} is not switched over`,
  home: (system: string) => `${system} may serve from home`,
};
