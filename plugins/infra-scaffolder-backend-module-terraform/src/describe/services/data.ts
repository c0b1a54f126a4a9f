import { block, type TypeDescription, withoutUnset } from '../properties';

/** Databases and caches. */
export const data: Record<string, TypeDescription> = {
  aws_db_instance: {
    type: 'AWS::RDS::DBInstance',
    names: {
      identifier: 'DBInstanceIdentifier',
      instance_class: 'DBInstanceClass',
      db_name: 'DBName',
      multi_az: 'MultiAZ',
      parameter_group_name: 'DBParameterGroupName',
      vpc_security_group_ids: 'VPCSecurityGroups',
      username: 'MasterUsername',
      password: 'MasterUserPassword',
      replicate_source_db: 'SourceDBInstanceIdentifier',
      iam_database_authentication_enabled: 'EnableIAMDatabaseAuthentication',
      performance_insights_enabled: 'EnablePerformanceInsights',
      performance_insights_kms_key_id: 'PerformanceInsightsKMSKeyId',
      enabled_cloudwatch_logs_exports: 'EnableCloudwatchLogsExports',
      backup_window: 'PreferredBackupWindow',
      maintenance_window: 'PreferredMaintenanceWindow',
      ca_cert_identifier: 'CACertificateIdentifier',
    },
    omit: ['address', 'endpoint', 'status', 'resource_id', 'hosted_zone_id'],
  },
  aws_rds_cluster: {
    type: 'AWS::RDS::DBCluster',
    names: {
      cluster_identifier: 'DBClusterIdentifier',
      database_name: 'DatabaseName',
      master_password: 'MasterUserPassword',
      preferred_backup_window: 'PreferredBackupWindow',
      db_cluster_parameter_group_name: 'DBClusterParameterGroupName',
      iam_database_authentication_enabled: 'EnableIAMDatabaseAuthentication',
      enabled_cloudwatch_logs_exports: 'EnableCloudwatchLogsExports',
    },
    omit: [
      'cluster_resource_id',
      'endpoint',
      'reader_endpoint',
      'serverlessv2_scaling_configuration',
    ],
    reshape: ({ serverlessv2_scaling_configuration: scaling }) => {
      const { min_capacity: least, max_capacity: most } = block(scaling);
      return {
        ServerlessV2ScalingConfiguration:
          least === undefined && most === undefined
            ? undefined
            : withoutUnset({ MinCapacity: least, MaxCapacity: most }),
      };
    },
  },
  aws_rds_cluster_instance: {
    type: 'AWS::RDS::DBInstance',
    names: {
      identifier: 'DBInstanceIdentifier',
      cluster_identifier: 'DBClusterIdentifier',
      instance_class: 'DBInstanceClass',
      performance_insights_enabled: 'EnablePerformanceInsights',
      performance_insights_kms_key_id: 'PerformanceInsightsKMSKeyId',
    },
    omit: ['endpoint', 'writer', 'dbi_resource_id'],
  },
  aws_rds_global_cluster: {
    type: 'AWS::RDS::GlobalCluster',
    names: { force_destroy: 'ForceDestroy' },
  },
  aws_db_subnet_group: {
    type: 'AWS::RDS::DBSubnetGroup',
    names: {
      name: 'DBSubnetGroupName',
      description: 'DBSubnetGroupDescription',
    },
  },
  aws_db_parameter_group: {
    type: 'AWS::RDS::DBParameterGroup',
    names: { name: 'DBParameterGroupName' },
  },
  aws_rds_cluster_parameter_group: {
    type: 'AWS::RDS::DBClusterParameterGroup',
    names: { name: 'DBClusterParameterGroupName' },
  },
  aws_elasticache_replication_group: {
    type: 'AWS::ElastiCache::ReplicationGroup',
    names: {
      node_type: 'CacheNodeType',
      num_cache_clusters: 'NumCacheClusters',
      description: 'ReplicationGroupDescription',
      parameter_group_name: 'CacheParameterGroupName',
      subnet_group_name: 'CacheSubnetGroupName',
      multi_az_enabled: 'MultiAZEnabled',
      maintenance_window: 'PreferredMaintenanceWindow',
    },
    omit: ['primary_endpoint_address', 'reader_endpoint_address'],
  },
  aws_elasticache_global_replication_group: {
    type: 'AWS::ElastiCache::GlobalReplicationGroup',
    only: [
      'global_replication_group_description',
      'global_replication_group_id_suffix',
    ],
    reshape: ({ primary_replication_group_id: primary }) => ({
      Members: [{ ReplicationGroupId: primary ?? null, Role: 'PRIMARY' }],
    }),
  },
  aws_elasticache_subnet_group: {
    type: 'AWS::ElastiCache::SubnetGroup',
    names: { name: 'CacheSubnetGroupName' },
  },
  aws_elasticache_parameter_group: {
    type: 'AWS::ElastiCache::ParameterGroup',
    names: { family: 'CacheParameterGroupFamily' },
  },
  aws_dynamodb_table: {
    type: 'AWS::DynamoDB::Table',
    names: {
      name: 'TableName',
      deletion_protection_enabled: 'DeletionProtectionEnabled',
    },
    omit: ['server_side_encryption', 'point_in_time_recovery', 'ttl'],
    reshape: attributes => ({
      SSESpecification: {
        SSEEnabled: block(attributes.server_side_encryption).enabled ?? false,
      },
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled:
          block(attributes.point_in_time_recovery).enabled ?? false,
      },
    }),
  },
};
