import { Aws } from 'aws-cdk-lib';
import {
  Effect,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Buckets that are copied, and where to. @public */
export interface ReplicationProps {
  buckets: Array<{ bucket: Bucket; name: string; targetName: string }>;
  accountId: string;
  region: string;
  targetRegion: string;
  /** Encrypts the source. */
  key: IKey;
  /** Alias of the target's key, without `alias/`. */
  targetKeyAlias: string;
}

/** Minutes within which S3 promises to have copied, with replication time control. */
const MINUTES = 15;

/**
 * Copies objects, and their deletion, to buckets of another region within 15 minutes (rows 000-24, 001-18). Source and
 * target must have versions; the target must be there first.
 *
 * @public
 */
export function replicateBuckets(
  scope: Construct,
  id: string,
  props: ReplicationProps,
): void {
  const targetKey = `arn:${Aws.PARTITION}:kms:${props.targetRegion}:${props.accountId}:alias/${props.targetKeyAlias}`;
  const allow = (
    actions: string[],
    resources: string[],
    conditions?: Record<string, Record<string, string>>,
  ) =>
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions,
      resources,
      conditions,
    });
  // By name: by reference role and bucket would wait for each other.
  const arnOf = (name: string) => `arn:${Aws.PARTITION}:s3:::${name}`;
  const role = new Role(scope, id, {
    description: `Copies objects to ${props.targetRegion}`,
    assumedBy: new ServicePrincipal('s3.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': props.accountId } },
    }),
    inlinePolicies: {
      copy: new PolicyDocument({
        statements: [
          allow(
            ['s3:GetReplicationConfiguration', 's3:ListBucket'],
            props.buckets.map(({ name }) => arnOf(name)),
          ),
          allow(
            [
              's3:GetObjectVersionForReplication',
              's3:GetObjectVersionAcl',
              's3:GetObjectVersionTagging',
            ],
            props.buckets.map(({ name }) => `${arnOf(name)}/*`),
          ),
          allow(
            ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
            props.buckets.map(({ targetName }) => `${arnOf(targetName)}/*`),
          ),
          allow(['kms:Decrypt'], [props.key.keyArn]),
          allow(
            ['kms:Encrypt', 'kms:GenerateDataKey'],
            [
              `arn:${Aws.PARTITION}:kms:${props.targetRegion}:${props.accountId}:key/*`,
            ],
            {
              'ForAnyValue:StringEquals': {
                'kms:ResourceAliases': `alias/${props.targetKeyAlias}`,
              },
            },
          ),
        ],
      }),
    },
  });
  for (const { bucket, targetName } of props.buckets) {
    const resource = bucket.node.defaultChild as CfnBucket;
    resource.replicationConfiguration = {
      role: role.roleArn,
      rules: [
        {
          id: 'to-the-other-region',
          status: 'Enabled',
          priority: 1,
          filter: { prefix: '' },
          deleteMarkerReplication: { status: 'Enabled' },
          sourceSelectionCriteria: {
            sseKmsEncryptedObjects: { status: 'Enabled' },
          },
          destination: {
            bucket: arnOf(targetName),
            account: props.accountId,
            encryptionConfiguration: { replicaKmsKeyId: targetKey },
            replicationTime: { status: 'Enabled', time: { minutes: MINUTES } },
            metrics: {
              status: 'Enabled',
              eventThreshold: { minutes: MINUTES },
            },
          },
        },
      ],
    };
  }
}
