import { EMPTY_ON_DESTROY_TAG } from '@slipway/plugin-infra-scaffolder-common';
import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type LifecycleRule,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** @public */
export interface SecureBucketProps {
  /** `key`: encrypted by a key of ours; `s3`: by S3's own, the only one that load balancers can log to. */
  encryption: { by: 'key'; key: IKey } | { by: 's3' };
  versioned: boolean;
  /** Days after which objects go; none keeps them, in cheaper classes as they age. */
  expireAfterDays?: number;
  /** Bucket for the log of requests. */
  accessLogs?: { bucket: Bucket; prefix: string };
  /** Else AWS makes one up, so that no other account can have taken it. */
  name?: string;
  /** Where objects go as they age; Standard-IA after 30 days and Glacier Instant Retrieval after 90 by default. */
  transitions?: BucketTransition[];
  /** For CloudFront's logs, which are written by an access control list. */
  acceptsAccessLists?: boolean;
}

/** @public */
export interface BucketTransition {
  storageClass: StorageClass;
  afterDays: number;
}

const CHEAPER_WITH_AGE: BucketTransition[] = [
  { storageClass: StorageClass.INFREQUENT_ACCESS, afterDays: 30 },
  { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, afterDays: 90 },
];

const NONCURRENT_DAYS = 30;

/**
 * A bucket that is private, encrypted, reached by TLS only, and whose objects grow cheaper and go with age
 * (rows 004-05, 004-38, 004-39).
 *
 * @public
 */
export function secureBucket(
  scope: Construct,
  id: string,
  props: SecureBucketProps,
): Bucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    bucketName: props.name,
    objectOwnership: props.acceptsAccessLists
      ? ObjectOwnership.BUCKET_OWNER_PREFERRED
      : ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: props.versioned,
    removalPolicy: RemovalPolicy.DESTROY,
    serverAccessLogsBucket: props.accessLogs?.bucket,
    serverAccessLogsPrefix: props.accessLogs?.prefix,
    lifecycleRules: lifecycle(props),
    ...(props.encryption.by === 'key'
      ? {
          encryption: BucketEncryption.KMS,
          encryptionKey: props.encryption.key,
          bucketKeyEnabled: true,
        }
      : { encryption: BucketEncryption.S3_MANAGED }),
  });
  Tags.of(bucket).add(EMPTY_ON_DESTROY_TAG, 'true');
  return bucket;
}

function lifecycle(props: SecureBucketProps): LifecycleRule[] {
  const rules: LifecycleRule[] = [
    {
      id: 'abort-unfinished-uploads',
      abortIncompleteMultipartUploadAfter: Duration.days(7),
    },
  ];
  if (props.versioned) {
    rules.push({
      id: 'expire-old-versions',
      noncurrentVersionExpiration: Duration.days(NONCURRENT_DAYS),
    });
  }
  const transitions =
    props.transitions ??
    (props.expireAfterDays === undefined ? CHEAPER_WITH_AGE : []);
  if (transitions.length > 0) {
    rules.push({
      id: 'cheaper-with-age',
      transitions: transitions.map(({ storageClass, afterDays }) => ({
        storageClass,
        transitionAfter: Duration.days(afterDays),
      })),
    });
  }
  if (props.expireAfterDays !== undefined) {
    rules.push({
      id: 'expire',
      expiration: Duration.days(props.expireAfterDays),
    });
  }
  return rules;
}
