import type { JsonObject, JsonValue } from '@backstage/types';
import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import { KNOWN_AFTER_APPLY } from './References';
import { block, blocks, isObject, parsed, withoutUnset } from './properties';

/** A described resource with what Terraform says of it. */
export interface Described extends DescribedResource {
  terraformType: string;
  attributes: JsonObject;
}

interface Folding {
  /** The type that it is a part of in CloudFormation. */
  into: string;
  /** Attributes that say of which resource, with the parent's that they equal. */
  by: Record<string, string[]>;
  properties: (part: JsonObject, parent: JsonObject) => JsonObject;
}

/** What Terraform makes for its own sake: rules, waits, values of secrets. CloudFormation has nothing for them. */
const NOTHING_IN_AWS = new Set([
  'aws_acm_certificate_validation',
  'aws_secretsmanager_secret_version',
  'terraform_data',
]);

const ofBucket = { bucket: ['bucket', 'id'] };

const FOLDINGS: Record<string, Folding> = {
  aws_s3_bucket_lifecycle_configuration: {
    into: 'aws_s3_bucket',
    by: ofBucket,
    properties: ({ rule }) => ({
      LifecycleConfiguration: { Rules: blocks(rule).map(lifecycleRule) },
    }),
  },
  aws_s3_bucket_logging: {
    into: 'aws_s3_bucket',
    by: ofBucket,
    properties: ({ target_bucket: bucket, target_prefix: prefix }) => ({
      LoggingConfiguration: withoutUnset({
        DestinationBucketName: bucket,
        LogFilePrefix: prefix,
      }),
    }),
  },
  aws_s3_bucket_ownership_controls: {
    into: 'aws_s3_bucket',
    by: ofBucket,
    properties: ({ rule }) => ({
      OwnershipControls: {
        Rules: blocks(rule).map(each =>
          withoutUnset({ ObjectOwnership: each.object_ownership }),
        ),
      },
    }),
  },
  aws_s3_bucket_public_access_block: {
    into: 'aws_s3_bucket',
    by: ofBucket,
    properties: part => ({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: part.block_public_acls ?? false,
        BlockPublicPolicy: part.block_public_policy ?? false,
        IgnorePublicAcls: part.ignore_public_acls ?? false,
        RestrictPublicBuckets: part.restrict_public_buckets ?? false,
      },
    }),
  },
  aws_s3_bucket_replication_configuration: {
    into: 'aws_s3_bucket',
    by: ofBucket,
    properties: ({ role, rule }) => ({
      ReplicationConfiguration: withoutUnset({
        Role: role,
        Rules: blocks(rule).map(replicationRule),
      }),
    }),
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    into: 'aws_s3_bucket',
    by: ofBucket,
    properties: ({ rule }) => ({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: blocks(rule).map(each => {
          const byDefault = block(each.apply_server_side_encryption_by_default);
          return withoutUnset({
            BucketKeyEnabled: each.bucket_key_enabled,
            ServerSideEncryptionByDefault: withoutUnset({
              SSEAlgorithm: byDefault.sse_algorithm,
              KMSMasterKeyID: byDefault.kms_master_key_id,
            }),
          });
        }),
      },
    }),
  },
  aws_s3_bucket_versioning: {
    into: 'aws_s3_bucket',
    by: ofBucket,
    properties: ({ versioning_configuration: configuration }) => ({
      VersioningConfiguration: withoutUnset({
        Status: block(configuration).status,
      }),
    }),
  },
  aws_iam_role_policy_attachment: {
    into: 'aws_iam_role',
    by: { role: ['name', 'id'] },
    properties: ({ policy_arn: arn }, { ManagedPolicyArns: before }) => ({
      ManagedPolicyArns: [
        ...(Array.isArray(before) ? before : []),
        arn ?? null,
      ],
    }),
  },
  aws_iam_role_policy: {
    into: 'aws_iam_role',
    by: { role: ['name', 'id'] },
    properties: ({ name, policy }, { Policies: before }) => ({
      Policies: [
        ...(Array.isArray(before) ? before : []),
        withoutUnset({ PolicyName: name, PolicyDocument: parsed(policy) }),
      ],
    }),
  },
  aws_ecr_lifecycle_policy: {
    into: 'aws_ecr_repository',
    by: { repository: ['name', 'id'] },
    properties: ({ policy }) => ({
      LifecyclePolicy: withoutUnset({ LifecyclePolicyText: policy }),
    }),
  },
  aws_eks_access_policy_association: {
    into: 'aws_eks_access_entry',
    by: { principal_arn: ['principal_arn'] },
    properties: (part, { AccessPolicies: before }) => {
      const scope = block(part.access_scope);
      return {
        AccessPolicies: [
          ...(Array.isArray(before) ? before : []),
          withoutUnset({
            PolicyArn: part.policy_arn,
            AccessScope: withoutUnset({
              Type: scope.type,
              Namespaces: scope.namespaces,
            }),
          }),
        ],
      };
    },
  },
};

/** Resources as CloudFormation cuts them: what is a part of another there becomes one. */
export function folded(described: Described[]): DescribedResource[] {
  const whole = described.filter(
    ({ terraformType }) =>
      !NOTHING_IN_AWS.has(terraformType) &&
      !Object.hasOwn(FOLDINGS, terraformType),
  );
  const parts = described.filter(({ terraformType }) =>
    Object.hasOwn(FOLDINGS, terraformType),
  );
  const properties = new Map(
    whole.map(({ logicalId, properties: own }) => [logicalId, own]),
  );
  const alone: Described[] = [];
  for (const part of parts) {
    const { into, by, properties: make } = FOLDINGS[part.terraformType];
    const parent = whole.find(
      candidate =>
        candidate.terraformType === into && belongs(part, candidate, by),
    );
    if (parent) {
      const before = properties.get(parent.logicalId)!;
      properties.set(parent.logicalId, {
        ...before,
        ...make(part.attributes, before),
      });
    } else {
      alone.push(part);
    }
  }
  return [...whole, ...alone].map(
    ({ logicalId, type, path, properties: own }) => ({
      logicalId,
      type,
      path,
      properties: properties.get(logicalId) ?? own,
    }),
  );
}

function belongs(
  part: Described,
  parent: Described,
  by: Record<string, string[]>,
): boolean {
  return Object.entries(by).every(([name, names]) => {
    const value = part.attributes[name];
    if (isObject(value)) {
      const target = pointsAt(value);
      if (target === KNOWN_AFTER_APPLY) {
        return false;
      }
      return (
        target === parent.logicalId ||
        names.some(
          each =>
            JSON.stringify(parent.attributes[each]) === JSON.stringify(value),
        )
      );
    }
    return (
      value !== undefined &&
      value !== null &&
      names.some(each => parent.attributes[each] === value)
    );
  });
}

function pointsAt(value: JsonObject): JsonValue | undefined {
  const attribute = value['Fn::GetAtt'];
  return value.Ref ?? (Array.isArray(attribute) ? attribute[0] : undefined);
}

function lifecycleRule(rule: JsonObject): JsonObject {
  const expiration = block(rule.expiration);
  const noncurrent = block(rule.noncurrent_version_expiration);
  const abort = block(rule.abort_incomplete_multipart_upload);
  return withoutUnset({
    Id: rule.id,
    Status: rule.status,
    Prefix: block(rule.filter).prefix ?? rule.prefix,
    ExpirationInDays: positive(expiration.days),
    ExpiredObjectDeleteMarker:
      expiration.expired_object_delete_marker || undefined,
    Transitions: blocks(rule.transition).map(each =>
      withoutUnset({
        StorageClass: each.storage_class,
        TransitionInDays: each.days,
      }),
    ),
    NoncurrentVersionExpiration: positive(noncurrent.noncurrent_days) && {
      NoncurrentDays: noncurrent.noncurrent_days!,
    },
    AbortIncompleteMultipartUpload: positive(abort.days_after_initiation) && {
      DaysAfterInitiation: abort.days_after_initiation!,
    },
  });
}

function replicationRule(rule: JsonObject): JsonObject {
  const destination = block(rule.destination);
  const encryption = block(destination.encryption_configuration);
  const time = block(destination.replication_time);
  return withoutUnset({
    Id: rule.id,
    Status: rule.status,
    Priority: rule.priority,
    DeleteMarkerReplication: withoutUnset({
      Status: block(rule.delete_marker_replication).status,
    }),
    Destination: withoutUnset({
      Bucket: destination.bucket,
      StorageClass: destination.storage_class,
      EncryptionConfiguration: encryption.replica_kms_key_id && {
        ReplicaKmsKeyID: encryption.replica_kms_key_id,
      },
      ReplicationTime: time.status && {
        Status: time.status,
        Time: { Minutes: block(time.time).minutes ?? 15 },
      },
    }),
  });
}

function positive(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}
