import { type Bucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import {
  type EnvironmentStack,
  type Foundation,
  type Place,
  regionalBucketName,
  secureBucket,
} from '@slipway/blueprint-constructs';

/** A bucket whose objects S3 moves by their use (row 001-10), under a name that the other region knows. */
export function objectBucket(
  stack: EnvironmentStack,
  kind: 'storage' | 'backups',
  { stackName, accountId, region }: Place,
  foundation: Foundation,
): Bucket {
  return secureBucket(stack, `${kind}-bucket`, {
    name: regionalBucketName(stackName, kind, accountId, region),
    encryption: { by: 'key', key: foundation.dataKey },
    versioned: true,
    accessLogs: {
      bucket: foundation.logsBucket,
      prefix: `${kind}-access/`,
    },
    transitions: [
      { storageClass: StorageClass.INTELLIGENT_TIERING, afterDays: 0 },
    ],
  });
}
