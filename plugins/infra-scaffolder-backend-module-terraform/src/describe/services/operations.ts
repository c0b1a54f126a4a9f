import { block, blocks, type TypeDescription } from '../properties';
import { unwrapped } from '../unwrapped';

/** Messaging, backups, audit, scaling. */
export const operations: Record<string, TypeDescription> = {
  aws_accessanalyzer_analyzer: {
    type: 'AWS::AccessAnalyzer::Analyzer',
    omit: ['configuration'],
  },
  aws_appautoscaling_policy: {
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    names: { name: 'PolicyName' },
    only: [
      'name',
      'policy_type',
      'resource_id',
      'scalable_dimension',
      'service_namespace',
    ],
    reshape: attributes => ({
      TargetTrackingScalingPolicyConfiguration: unwrapped(
        block(attributes.target_tracking_scaling_policy_configuration),
      ),
    }),
  },
  aws_appautoscaling_target: {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    names: { role_arn: 'RoleARN' },
    omit: ['suspended_state'],
  },
  aws_backup_plan: {
    type: 'AWS::Backup::BackupPlan',
    only: [],
    tags: 'BackupPlanTags',
    reshape: ({ name, rule }) => ({
      BackupPlan: {
        BackupPlanName: name ?? null,
        BackupPlanRule: blocks(rule).map(each => ({
          RuleName: each.rule_name ?? null,
          TargetBackupVault: each.target_vault_name ?? null,
          ScheduleExpression: each.schedule ?? null,
          Lifecycle: lifecycle(each.lifecycle),
          CopyActions: blocks(each.copy_action).map(copy => ({
            DestinationBackupVaultArn: copy.destination_vault_arn ?? null,
            Lifecycle: lifecycle(copy.lifecycle),
          })),
        })),
      },
    }),
  },
  aws_backup_selection: {
    type: 'AWS::Backup::BackupSelection',
    names: { plan_id: 'BackupPlanId' },
    only: ['plan_id'],
    reshape: ({ name, iam_role_arn: role, resources, condition }) => ({
      BackupSelection: {
        SelectionName: name ?? null,
        IamRoleArn: role ?? null,
        Resources: resources ?? [],
        Conditions:
          unwrapped(block(condition), {
            lists: [
              'string_equals',
              'string_like',
              'string_not_equals',
              'string_not_like',
            ],
            names: { key: 'ConditionKey', value: 'ConditionValue' },
          }) ?? {},
      },
    }),
  },
  aws_backup_vault: {
    type: 'AWS::Backup::BackupVault',
    names: { name: 'BackupVaultName', kms_key_arn: 'EncryptionKeyArn' },
    tags: 'BackupVaultTags',
    omit: ['force_destroy', 'recovery_points'],
  },
  aws_cloudtrail: {
    type: 'AWS::CloudTrail::Trail',
    names: {
      name: 'TrailName',
      enable_logging: 'IsLogging',
      kms_key_id: 'KMSKeyId',
    },
    omit: [
      'advanced_event_selector',
      'event_selector',
      'home_region',
      'insight_selector',
    ],
    reshape: attributes => ({
      EventSelectors: unwrapped(attributes.event_selector, {
        lists: ['data_resource'],
        names: { data_resource: 'DataResources' },
      }),
      AdvancedEventSelectors: unwrapped(attributes.advanced_event_selector, {
        lists: ['field_selector'],
        names: { field_selector: 'FieldSelectors' },
      }),
      InsightSelectors: unwrapped(attributes.insight_selector),
    }),
  },
  aws_msk_cluster: {
    type: 'AWS::MSK::Cluster',
    only: [
      'cluster_name',
      'enhanced_monitoring',
      'kafka_version',
      'number_of_broker_nodes',
    ],
    reshape: attributes => {
      const encryption = block(attributes.encryption_info);
      const authentication = block(attributes.client_authentication);
      const sasl = block(authentication.sasl);
      return {
        BrokerNodeGroupInfo: unwrapped(
          block(attributes.broker_node_group_info),
          {
            names: {
              az_distribution: 'BrokerAZDistribution',
              ebs_storage_info: 'EBSStorageInfo',
            },
          },
        ),
        ClientAuthentication: {
          Sasl: {
            Iam: { Enabled: sasl.iam ?? false },
            Scram: { Enabled: sasl.scram ?? false },
          },
          Unauthenticated: { Enabled: authentication.unauthenticated ?? false },
        },
        EncryptionInfo: {
          ...(encryption.encryption_at_rest_kms_key_arn && {
            EncryptionAtRest: {
              DataVolumeKMSKeyId: encryption.encryption_at_rest_kms_key_arn,
            },
          }),
          EncryptionInTransit:
            unwrapped(block(encryption.encryption_in_transit)) ?? {},
        },
        LoggingInfo: unwrapped(block(attributes.logging_info), {
          names: { cloudwatch_logs: 'CloudWatchLogs' },
        }),
      };
    },
  },
};

function lifecycle(value: Parameters<typeof block>[0]) {
  const { cold_storage_after: cold, delete_after: end } = block(value);
  return {
    ...(typeof cold === 'number' &&
      cold > 0 && { MoveToColdStorageAfterDays: cold }),
    ...(typeof end === 'number' && end > 0 && { DeleteAfterDays: end }),
  };
}
