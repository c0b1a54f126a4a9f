import type { Place, RegionRole } from '@slipway/blueprint-constructs';

/** Names of the secrets that both regions know, and where the standby finds its copies. */
export function secretsOf(role: RegionRole, place: Place) {
  const primaryStack =
    role.kind === 'standby' ? role.primaryStack : place.stackName;
  const databaseName = `${primaryStack}/database`;
  const cacheName = `${primaryStack}/cache`;
  const copy = (name: string) =>
    `arn:aws:secretsmanager:${place.region}:${place.accountId}:secret:${name}-??????`;
  return {
    primaryStack,
    databaseName,
    cacheName,
    databaseArn: copy(databaseName),
    cacheArn: copy(cacheName),
    replicaRegion: role.kind === 'primary' ? role.standbyRegion : undefined,
  };
}
