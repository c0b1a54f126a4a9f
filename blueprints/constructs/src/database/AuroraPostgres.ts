import { CfnDeletionPolicy, Tags } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CfnDBCluster,
  type CfnDBClusterProps,
  CfnDBClusterParameterGroup,
  CfnDBInstance,
  CfnDBSubnetGroup,
  CfnGlobalCluster,
} from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { SecurityGroup } from '../network/SecurityGroup';
import { retainedLogGroup } from '../observability/logGroup';
import { AuroraLogin, type AuroraLoginProps } from './AuroraLogin';
import { POSTGRES_PORT } from './PostgresDatabase';

/** @public */
export interface AuroraPostgresProps {
  /** Identifier of the cluster; instances add `-1` and so on. */
  identifier: string;
  databaseName: string;
  /** e.g. `16.9`. */
  engineVersion: string;
  /** A class like `db.r5.large`, or the bounds of Serverless v2 in ACU. */
  capacity: string | { minimum: number; maximum: number };
  /** The first writes; in a secondary cluster all read. */
  instances: number;
  backupRetentionDays: number;
  deletionProtection: boolean;
  finalSnapshot: boolean;
  /** Part of a global database: the id to make, and be its first cluster, or the one to join. */
  global?: { make: string } | { join: string };
  /** Not in a secondary cluster, which has the primary's. */
  login?: AuroraLoginProps;
  subnetIds: string[];
  securityGroup: SecurityGroup;
  dataKey: IKey;
  logsKey: IKey;
  logRetentionDays: number;
}

const ENGINE = 'aurora-postgresql';
const MONITORING_SECONDS = 60;

/**
 * Aurora PostgreSQL over database subnets (rows 001-08, 001-18, 003-15, 003-18): storage that grows by itself, encrypted
 * by a key of ours, TLS forced, short-lived logins by IAM, logs and performance data kept, continuous backups. Alone,
 * first of a global database, or following one of another region.
 *
 * @public
 */
export class AuroraPostgres extends Construct {
  readonly cluster: CfnDBCluster;
  readonly instances: CfnDBInstance[];
  readonly endpointAddress: string;
  readonly endpointPort: string;
  readonly readerAddress: string;
  /** None in a secondary cluster. */
  readonly secretArn?: string;

  constructor(scope: Construct, id: string, props: AuroraPostgresProps) {
    super(scope, id);
    const login = props.login && new AuroraLogin(this, 'login', props.login);
    const subnetGroup = new CfnDBSubnetGroup(this, 'subnet-group', {
      dbSubnetGroupDescription: `Database subnets of ${props.identifier}`,
      subnetIds: props.subnetIds,
    });
    const parameterGroup = new CfnDBClusterParameterGroup(
      this,
      'parameter-group',
      {
        family: `aurora-postgresql${props.engineVersion.split('.')[0]}`,
        description: `Settings of ${props.identifier}`,
        parameters: {
          'rds.force_ssl': '1',
          log_connections: '1',
          log_disconnections: '1',
          log_min_duration_statement: '1000',
        },
      },
    );
    const logGroup = retainedLogGroup(this, 'log', {
      name: `/aws/rds/cluster/${props.identifier}/postgresql`,
      retentionDays: props.logRetentionDays,
      key: props.logsKey,
    });

    this.cluster = new CfnDBCluster(this, 'cluster', {
      dbClusterIdentifier: props.identifier,
      engine: ENGINE,
      engineVersion: props.engineVersion,
      ...login?.properties,
      ...(login ? { databaseName: props.databaseName } : {}),
      globalClusterIdentifier: this.#globalCluster(props),
      ...(typeof props.capacity === 'string'
        ? {}
        : {
            serverlessV2ScalingConfiguration: {
              minCapacity: props.capacity.minimum,
              maxCapacity: props.capacity.maximum,
            },
          }),
      storageEncrypted: true,
      kmsKeyId: props.dataKey.keyArn,
      port: POSTGRES_PORT,
      dbSubnetGroupName: subnetGroup.ref,
      vpcSecurityGroupIds: [props.securityGroup.groupId],
      dbClusterParameterGroupName: parameterGroup.ref,
      backupRetentionPeriod: props.backupRetentionDays,
      preferredBackupWindow: '03:00-04:00',
      preferredMaintenanceWindow: 'sun:04:30-sun:05:30',
      copyTagsToSnapshot: true,
      deletionProtection: props.deletionProtection,
      enableIamDatabaseAuthentication: true,
      enableCloudwatchLogsExports: ['postgresql'],
    } satisfies CfnDBClusterProps);
    this.cluster.node.addDependency(logGroup);
    this.cluster.cfnOptions.deletionPolicy = props.finalSnapshot
      ? CfnDeletionPolicy.SNAPSHOT
      : CfnDeletionPolicy.DELETE;
    this.cluster.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.SNAPSHOT;
    Tags.of(this.cluster).add('Name', props.identifier);
    login?.attach(this.cluster);

    this.instances = this.#instances(props);
    this.endpointAddress = this.cluster.attrEndpointAddress;
    this.endpointPort = this.cluster.attrEndpointPort;
    this.readerAddress = this.cluster.attrReadEndpointAddress;
    this.secretArn = login?.secretArn(this.cluster);
  }

  #globalCluster({ global, engineVersion }: AuroraPostgresProps) {
    if (!global) return undefined;
    if ('join' in global) return global.join;
    return new CfnGlobalCluster(this, 'global-cluster', {
      globalClusterIdentifier: global.make,
      engine: ENGINE,
      engineVersion,
      storageEncrypted: true,
      deletionProtection: false,
    }).ref;
  }

  #instances(props: AuroraPostgresProps): CfnDBInstance[] {
    const monitoringRole = new Role(this, 'monitoring-role', {
      description: `Operating-system metrics of ${props.identifier}`,
      assumedBy: new ServicePrincipal('monitoring.rds.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName(
          'service-role/AmazonRDSEnhancedMonitoringRole',
        ),
      ],
    });
    return Array.from({ length: props.instances }, (_, index) => {
      const identifier = `${props.identifier}-${index + 1}`;
      const instance = new CfnDBInstance(this, `instance-${index + 1}`, {
        dbInstanceIdentifier: identifier,
        dbClusterIdentifier: this.cluster.ref,
        engine: ENGINE,
        dbInstanceClass:
          typeof props.capacity === 'string' ? props.capacity : 'db.serverless',
        promotionTier: index,
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        caCertificateIdentifier: 'rds-ca-rsa2048-g1',
        enablePerformanceInsights: true,
        performanceInsightsKmsKeyId: props.dataKey.keyArn,
        performanceInsightsRetentionPeriod: 7,
        monitoringInterval: MONITORING_SECONDS,
        monitoringRoleArn: monitoringRole.roleArn,
      });
      Tags.of(instance).add('Name', identifier);
      return instance;
    });
  }
}
