import type { JsonObject } from '@backstage/types';
import type { SmallResource } from './plans';

/** For a policy: what is against it, and what differs from that only in being right. */
export interface Pair {
  against: SmallResource;
  within: SmallResource;
  /** `prod` unless told. */
  size?: string;
}

const DB = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';
const CACHE = 'AWS::ElastiCache::ReplicationGroup';
const KAFKA = 'AWS::MSK::Cluster';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

function pair(
  type: string,
  against: JsonObject,
  within: JsonObject,
  size?: string,
): Pair {
  return {
    against: [type, against],
    within: [type, within],
    ...(size && { size }),
  };
}

function tagged(...keys: string[]): JsonObject {
  return { Tags: keys.map(key => ({ Key: `slipway:${key}`, Value: 'x' })) };
}

function withoutTag(missing: string): Pair {
  const keys = ['environment', 'owner', 'system', 'cost-center'];
  return pair(
    'AWS::EC2::VPC',
    tagged(...keys.filter(key => key !== missing)),
    tagged(...keys),
  );
}

const SHUT = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

function statement(part: JsonObject): JsonObject {
  return { PolicyDocument: { Statement: [{ Effect: 'Allow', ...part }] } };
}

function kafka(part: JsonObject): JsonObject {
  return { EncryptionInfo: part };
}

function trust(Condition?: JsonObject): JsonObject {
  return {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: 'arn:aws:iam::123456789012:root' },
          ...(Condition && { Condition }),
        },
      ],
    },
  };
}

/** By the policy's id. */
export const PAIRS: Record<string, Pair> = {
  'mfa-on-production-roles': pair(
    'AWS::IAM::Role',
    trust(),
    trust({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
  ),
  'no-long-lived-keys.user': {
    against: ['AWS::IAM::User', {}],
    within: ['AWS::IAM::Role', {}],
  },
  'no-long-lived-keys.key': {
    against: ['AWS::IAM::AccessKey', {}],
    within: ['AWS::IAM::Role', {}],
  },
  'least-privilege': pair(
    'AWS::IAM::ManagedPolicy',
    statement({ Action: '*', Resource: '*' }),
    statement({ Action: '*', Resource: 'arn:aws:s3:::a/*' }),
  ),
  'secrets-rotate': pair(
    'AWS::SecretsManager::RotationSchedule',
    { RotationRules: { AutomaticallyAfterDays: 91 } },
    { RotationRules: { AutomaticallyAfterDays: '90' } },
  ),

  'encryption-at-rest.instance': pair(
    DB,
    { StorageEncrypted: false },
    { StorageEncrypted: 'true' },
  ),
  'encryption-at-rest.cluster': pair(CLUSTER, {}, { StorageEncrypted: true }),
  'encryption-at-rest.cache': pair(
    CACHE,
    { AtRestEncryptionEnabled: false },
    { AtRestEncryptionEnabled: true },
  ),
  'encryption-at-rest.volume': pair(
    'AWS::EC2::Volume',
    {},
    { Encrypted: true },
  ),
  'encryption-at-rest.device': pair(
    'AWS::EC2::Instance',
    { BlockDeviceMappings: [{ DeviceName: 'a', Ebs: { VolumeSize: 8 } }] },
    { BlockDeviceMappings: [{ DeviceName: 'a', Ebs: { Encrypted: true } }] },
  ),
  'encryption-at-rest.bucket': pair(
    'AWS::S3::Bucket',
    {},
    {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
    },
  ),
  'encryption-at-rest.queue': pair(
    'AWS::SQS::Queue',
    { SqsManagedSseEnabled: false },
    { SqsManagedSseEnabled: true },
  ),
  'encryption-at-rest.topic': pair(
    'AWS::SNS::Topic',
    {},
    { KmsMasterKeyId: { Ref: 'Key' } },
  ),
  'encryption-at-rest.kafka': pair(
    KAFKA,
    kafka({ EncryptionInTransit: { ClientBroker: 'TLS' } }),
    kafka({
      EncryptionAtRest: { DataVolumeKMSKeyId: { 'Fn::GetAtt': 'Key.Arn' } },
    }),
  ),
  'encryption-at-rest.table': pair(
    'AWS::DynamoDB::Table',
    { SSESpecification: { SSEEnabled: false } },
    { SSESpecification: { SSEEnabled: true } },
  ),
  'encryption-at-rest.files': pair(
    'AWS::EFS::FileSystem',
    { Encrypted: false },
    { Encrypted: true },
  ),
  'encryption-at-rest.secrets': pair(
    'AWS::EKS::Cluster',
    {},
    {
      EncryptionConfig: [
        { Resources: ['secrets'], Provider: { KeyArn: { Ref: 'Key' } } },
      ],
    },
  ),
  'encryption-at-rest.log': pair(
    'AWS::Logs::LogGroup',
    { RetentionInDays: 30 },
    { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
  ),
  'encryption-in-transit.cache': pair(
    CACHE,
    {},
    { TransitEncryptionEnabled: true },
  ),
  'encryption-in-transit.kafka': pair(
    KAFKA,
    kafka({ EncryptionInTransit: { ClientBroker: 'TLS_PLAINTEXT' } }),
    kafka({ EncryptionInTransit: { ClientBroker: 'TLS' } }),
  ),
  'tls-policy': pair(
    LISTENER,
    { Protocol: 'TLS' },
    { Protocol: 'TLS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' },
  ),
  'no-plain-http': pair(
    LISTENER,
    { Protocol: 'HTTP', Port: 80, DefaultActions: [{ Type: 'forward' }] },
    { Protocol: 'HTTP', Port: 80, DefaultActions: [{ Type: 'redirect' }] },
  ),

  'backups-by-stage.instance': pair(
    DB,
    { BackupRetentionPeriod: 0 },
    { BackupRetentionPeriod: 1 },
    'dev',
  ),
  'backups-by-stage.cluster': pair(
    CLUSTER,
    { BackupRetentionPeriod: 6 },
    { BackupRetentionPeriod: 7 },
  ),
  'deletion-protection.instance': pair(
    DB,
    { DeletionProtection: false },
    { DeletionProtection: true },
  ),
  'deletion-protection.cluster': pair(
    CLUSTER,
    {},
    { DeletionProtection: true },
  ),

  'no-public-database': pair(DB, {}, { PubliclyAccessible: false }),
  'no-public-database.cluster': pair(CLUSTER, { PubliclyAccessible: true }, {}),
  'no-public-database.kafka': pair(
    KAFKA,
    {
      BrokerNodeGroupInfo: {
        ConnectivityInfo: {
          PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' },
        },
      },
    },
    { BrokerNodeGroupInfo: { InstanceType: 'kafka.m5.large' } },
  ),
  'no-open-ports': pair(
    'AWS::EC2::SecurityGroup',
    {
      SecurityGroupIngress: [
        { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 0, ToPort: 22 },
      ],
    },
    {
      SecurityGroupIngress: [
        { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 80, ToPort: 80 },
      ],
    },
  ),
  'no-open-cluster-endpoint': pair(
    'AWS::EKS::Cluster',
    { ResourcesVpcConfig: { PublicAccessCidrs: ['0.0.0.0/0'] } },
    { ResourcesVpcConfig: { PublicAccessCidrs: ['203.0.113.0/24'] } },
  ),
  'no-public-bucket': pair(
    'AWS::S3::Bucket',
    {
      PublicAccessBlockConfiguration: { ...SHUT, IgnorePublicAcls: false },
    },
    { PublicAccessBlockConfiguration: SHUT },
  ),
  'no-public-policy': pair(
    'AWS::SNS::TopicPolicy',
    statement({ Principal: { AWS: '*' }, Action: 'sns:Publish' }),
    statement({
      Principal: { AWS: '*' },
      Action: 'sns:Publish',
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    }),
  ),

  'development-sizes.database': pair(
    DB,
    { DBInstanceClass: 'db.m6i.large' },
    { DBInstanceClass: 'db.t3.medium' },
    'dev',
  ),
  'development-sizes.serverless': pair(
    CLUSTER,
    { ServerlessV2ScalingConfiguration: { MaxCapacity: 4.5 } },
    { ServerlessV2ScalingConfiguration: { MaxCapacity: '4' } },
    'small',
  ),
  'development-sizes.cache': pair(
    CACHE,
    { CacheNodeType: 'cache.r6g.large' },
    { CacheNodeType: 'cache.t4g.small' },
    'dev',
  ),
  'bounds.nodes': pair(
    'AWS::EKS::Nodegroup',
    { ScalingConfig: { MaxSize: 51 } },
    { ScalingConfig: { MaxSize: 50 } },
  ),

  'tags-complete.environment': withoutTag('environment'),
  'tags-complete.owner': withoutTag('owner'),
  'tags-complete.system': withoutTag('system'),
  'tags-complete.cost-center': withoutTag('cost-center'),
  'data-classified': pair(
    'AWS::EFS::FileSystem',
    { FileSystemTags: [] },
    {
      FileSystemTags: [
        { Key: 'slipway:data-classification', Value: 'internal' },
      ],
    },
  ),
};
