import { StorageClass } from 'aws-cdk-lib/aws-s3';
import {
  type EnvironmentStack,
  type Foundation,
  secureBucket,
} from '@slipway/blueprint-constructs';

/**
 * The document's three buckets (row 002-15) and where their objects go. S3 moves nothing to Standard-IA before it is 30 days
 * old. Their names are AWS's: `company-backups` can belong to one account of the world only.
 */
const KINDS = [
  ['backups', { storageClass: StorageClass.INFREQUENT_ACCESS, afterDays: 30 }],
  ['logs', { storageClass: StorageClass.INTELLIGENT_TIERING, afterDays: 0 }],
  ['archives', { storageClass: StorageClass.GLACIER, afterDays: 0 }],
] as const;

export function recordBuckets(stack: EnvironmentStack, foundation: Foundation) {
  const [backups, logs, archives] = KINDS.map(([kind, transition]) =>
    secureBucket(stack, `record-${kind}-bucket`, {
      encryption: { by: 'key', key: foundation.dataKey },
      versioned: true,
      accessLogs: {
        bucket: foundation.logsBucket,
        prefix: `${kind}-access/`,
      },
      transitions: [transition],
    }),
  );
  return { backups, logs, archives };
}
