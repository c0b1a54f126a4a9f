import { GetBucketReplicationCommand, S3Client } from '@aws-sdk/client-s3';
import type { Clients } from '../footprint/clients';
import { orNothing } from '../footprint/ensure';
import type { SystemFootprint } from '../footprint/types';
import type { Facts } from './facts';

/** Which of the systems' buckets replicate to which, now. */
export async function readReplications(
  clients: Clients,
  systems: readonly SystemFootprint[],
): Promise<Facts['replications']> {
  const buckets = systems.flatMap(system =>
    Object.entries(system.regions).flatMap(([region, parts]) =>
      (parts.buckets ?? []).map(({ name }) => ({ region, name })),
    ),
  );
  const read = buckets.map(async ({ region, name }) => {
    const found = await orNothing(
      clients
        .of(S3Client, region)
        .send(new GetBucketReplicationCommand({ Bucket: name })),
    );
    return (found?.ReplicationConfiguration?.Rules ?? [])
      .filter(({ Status }) => Status === 'Enabled')
      .map(({ Destination }) => ({
        source: name,
        target: Destination?.Bucket?.replace(/^arn:aws:s3:::/, '') ?? '',
      }));
  });
  return (await Promise.all(read)).flat();
}
