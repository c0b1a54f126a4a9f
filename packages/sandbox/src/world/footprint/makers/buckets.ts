import {
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  type BucketLocationConstraint,
} from '@aws-sdk/client-s3';
import { orNothing, unlessThere } from '../ensure';
import { environmentOf, tagList } from '../tags';
import type { BucketFootprint } from '../types';
import type { Site } from './site';

const DAYS_UNTIL_MOVED = 30;
/** Minutes within which S3 promises to have copied, with replication time control. */
const REPLICATION_MINUTES = 15;

/** us-east-1 is the region that S3 must not be told. */
export function locationOf(region: string) {
  return region === 'us-east-1'
    ? undefined
    : { LocationConstraint: region as BucketLocationConstraint };
}

function isReplicated(site: Site, bucket: BucketFootprint): boolean {
  return (
    bucket.replicatesTo !== undefined ||
    Object.values(site.system.regions).some(({ buckets = [] }) =>
      buckets.some(({ replicatesTo }) => replicatesTo === bucket.name),
    )
  );
}

/** A private, encrypted bucket; versioned where replication needs it. */
export async function makeBucket(
  site: Site,
  bucket: BucketFootprint,
): Promise<void> {
  const s3 = site.client(S3Client);
  const Bucket = bucket.name;
  // The tags come last: one that has them is whole.
  if (await orNothing(s3.send(new GetBucketTaggingCommand({ Bucket })))) {
    return;
  }
  await unlessThere(() =>
    s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: locationOf(site.region),
      }),
    ),
  );
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  if (isReplicated(site, bucket)) {
    await s3.send(
      new PutBucketVersioningCommand({
        Bucket,
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    );
  }
  if (bucket.movesTo) {
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: [
            {
              ID: 'cheaper-with-age',
              Status: 'Enabled',
              Filter: { Prefix: '' },
              Transitions: [
                { Days: DAYS_UNTIL_MOVED, StorageClass: bucket.movesTo },
              ],
            },
          ],
        },
      }),
    );
  }
  await s3.send(
    new PutBucketTaggingCommand({
      Bucket,
      Tagging: { TagSet: tagList(site.system) },
    }),
  );
}

async function replicationRole(
  site: Site,
  source: string,
  target: string,
): Promise<string> {
  const iam = site.client(IAMClient);
  const RoleName = `${environmentOf(site.system)}-replication`;
  await unlessThere(() =>
    iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 's3.amazonaws.com' },
              Action: 'sts:AssumeRole',
            },
          ],
        }),
        Tags: tagList(site.system),
      }),
    ),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: source,
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
            Resource: `arn:aws:s3:::${source}`,
          },
          {
            Effect: 'Allow',
            Action: [
              's3:GetObjectVersionForReplication',
              's3:GetObjectVersionAcl',
              's3:GetObjectVersionTagging',
            ],
            Resource: `arn:aws:s3:::${source}/*`,
          },
          {
            Effect: 'Allow',
            Action: [
              's3:ReplicateObject',
              's3:ReplicateDelete',
              's3:ReplicateTags',
            ],
            Resource: `arn:aws:s3:::${target}/*`,
          },
        ],
      }),
    }),
  );
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  return Role!.Arn!;
}

/** Replication with time control and its metrics, from a bucket that is there to another that is there. */
export async function makeReplication(
  site: Site,
  source: string,
  target: string,
): Promise<void> {
  const s3 = site.client(S3Client);
  if (
    await orNothing(
      s3.send(new GetBucketReplicationCommand({ Bucket: source })),
    )
  ) {
    return;
  }
  await s3.send(
    new PutBucketReplicationCommand({
      Bucket: source,
      ReplicationConfiguration: {
        Role: await replicationRole(site, source, target),
        Rules: [
          {
            ID: 'to-the-other-region',
            Status: 'Enabled',
            Priority: 1,
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination: {
              Bucket: `arn:aws:s3:::${target}`,
              ReplicationTime: {
                Status: 'Enabled',
                Time: { Minutes: REPLICATION_MINUTES },
              },
              Metrics: {
                Status: 'Enabled',
                EventThreshold: { Minutes: REPLICATION_MINUTES },
              },
            },
          },
        ],
      },
    }),
  );
}
