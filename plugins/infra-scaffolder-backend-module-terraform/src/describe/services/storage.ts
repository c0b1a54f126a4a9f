import { block, type TypeDescription } from '../properties';

/** Buckets, queues, topics, keys, secrets, logs. */
export const storage: Record<string, TypeDescription> = {
  aws_s3_bucket: {
    type: 'AWS::S3::Bucket',
    names: { bucket: 'BucketName' },
    omit: [
      'acl',
      'bucket_domain_name',
      'bucket_prefix',
      'bucket_region',
      'bucket_regional_domain_name',
      'cors_rule',
      'force_destroy',
      'grant',
      'hosted_zone_id',
      'lifecycle_rule',
      'logging',
      'policy',
      'region',
      'replication_configuration',
      'request_payer',
      'server_side_encryption_configuration',
      'versioning',
      'website',
    ],
  },
  aws_s3_bucket_policy: {
    type: 'AWS::S3::BucketPolicy',
    names: { policy: 'PolicyDocument' },
    documents: ['policy'],
  },
  aws_sqs_queue: {
    type: 'AWS::SQS::Queue',
    names: {
      name: 'QueueName',
      delay_seconds: 'DelaySeconds',
      max_message_size: 'MaximumMessageSize',
      message_retention_seconds: 'MessageRetentionPeriod',
      receive_wait_time_seconds: 'ReceiveMessageWaitTimeSeconds',
      visibility_timeout_seconds: 'VisibilityTimeout',
      kms_master_key_id: 'KmsMasterKeyId',
      sqs_managed_sse_enabled: 'SqsManagedSseEnabled',
    },
    documents: ['redrive_policy', 'redrive_allow_policy'],
    omit: ['policy', 'url', 'name_prefix'],
  },
  aws_sqs_queue_policy: {
    type: 'AWS::SQS::QueuePolicy',
    names: { policy: 'PolicyDocument' },
    documents: ['policy'],
  },
  aws_sns_topic: {
    type: 'AWS::SNS::Topic',
    names: { name: 'TopicName', kms_master_key_id: 'KmsMasterKeyId' },
    omit: ['policy', 'owner', 'name_prefix'],
  },
  aws_sns_topic_policy: {
    type: 'AWS::SNS::TopicPolicy',
    names: { policy: 'PolicyDocument' },
    documents: ['policy'],
  },
  aws_sns_topic_subscription: { type: 'AWS::SNS::Subscription' },
  aws_kms_key: {
    type: 'AWS::KMS::Key',
    names: { policy: 'KeyPolicy', is_enabled: 'Enabled' },
    documents: ['policy'],
    omit: ['key_id', 'bypass_policy_lockout_safety_check'],
  },
  aws_kms_alias: { type: 'AWS::KMS::Alias', names: { name: 'AliasName' } },
  aws_secretsmanager_secret: {
    type: 'AWS::SecretsManager::Secret',
    names: { replica: 'ReplicaRegions' },
  },
  aws_secretsmanager_secret_rotation: {
    type: 'AWS::SecretsManager::RotationSchedule',
    reshape: attributes => ({
      RotationRules: {
        AutomaticallyAfterDays:
          block(attributes.rotation_rules).automatically_after_days ?? null,
      },
    }),
  },
  aws_ssm_parameter: { type: 'AWS::SSM::Parameter' },
  aws_cloudwatch_log_group: {
    type: 'AWS::Logs::LogGroup',
    names: { name: 'LogGroupName', retention_in_days: 'RetentionInDays' },
    omit: ['name_prefix', 'skip_destroy'],
  },
  aws_cloudwatch_metric_alarm: {
    type: 'AWS::CloudWatch::Alarm',
    names: { alarm_actions: 'AlarmActions' },
  },
  aws_cloudwatch_dashboard: { type: 'AWS::CloudWatch::Dashboard' },
  aws_ecr_lifecycle_policy: {
    type: 'AWS::ECR::LifecyclePolicy',
    only: [],
    reshape: ({ policy, repository }) => ({
      LifecyclePolicyText: policy,
      RepositoryName: repository,
    }),
  },
  aws_ecr_repository: {
    type: 'AWS::ECR::Repository',
    names: { name: 'RepositoryName' },
    single: ['image_scanning_configuration', 'encryption_configuration'],
  },
};
