import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { errorName } from '@slipway/plugin-infra-scaffolder-node';

const PLAN_DAYS = 30;
const OLD_STATE_DAYS = 90;

/** A bucket for secrets: encrypted, versioned, private, over TLS only. Safe to repeat. */
export async function prepareBucket(
  client: S3Client,
  options: {
    bucket: string;
    accountId: string;
    region: string;
    kmsKeyId?: string;
  },
): Promise<void> {
  const { bucket, accountId, region, kmsKeyId } = options;
  const owned = { Bucket: bucket, ExpectedBucketOwner: accountId };
  try {
    await client.send(
      new CreateBucketCommand({
        Bucket: bucket,
        ...(region !== 'us-east-1' && {
          CreateBucketConfiguration: {
            LocationConstraint: region as BucketLocationConstraint,
          },
        }),
      }),
    );
  } catch (error) {
    if (errorName(error) !== 'BucketAlreadyOwnedByYou') {
      throw error;
    }
  }
  await client.send(
    new PutPublicAccessBlockCommand({
      ...owned,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  await client.send(
    new PutBucketEncryptionCommand({
      ...owned,
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: kmsKeyId
              ? { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKeyId }
              : { SSEAlgorithm: 'AES256' },
            ...(kmsKeyId && { BucketKeyEnabled: true }),
          },
        ],
      },
    }),
  );
  await client.send(
    new PutBucketVersioningCommand({
      ...owned,
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  );
  await client.send(
    new PutBucketPolicyCommand({
      ...owned,
      Policy: JSON.stringify(tlsOnly(bucket, region)),
    }),
  );
  await client.send(
    new PutBucketLifecycleConfigurationCommand({
      ...owned,
      LifecycleConfiguration: {
        Rules: [
          {
            ID: 'forget-plans',
            Status: 'Enabled',
            Filter: { Prefix: 'plans/' },
            Expiration: { Days: PLAN_DAYS },
            NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          },
          {
            ID: 'forget-old-states',
            Status: 'Enabled',
            Filter: { Prefix: 'environments/' },
            NoncurrentVersionExpiration: { NoncurrentDays: OLD_STATE_DAYS },
          },
        ],
      },
    }),
  );
}

function tlsOnly(bucket: string, region: string) {
  const arn = `arn:${partitionOf(region)}:s3:::${bucket}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  };
}

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) {
    return 'aws-cn';
  }
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
