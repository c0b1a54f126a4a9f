import { CfnDeletionPolicy, Tags } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CfnDBInstance,
  type CfnDBInstanceProps,
  CfnDBParameterGroup,
  CfnDBSubnetGroup,
} from 'aws-cdk-lib/aws-rds';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnSecretTargetAttachment } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { SecurityGroup } from '../network/SecurityGroup';
import { retainedLogGroup } from '../observability/logGroup';
import { generatedSecret } from '../secrets/secret';
import { rotate, type SecretRotation } from './AuroraLogin';

/** @public */
export interface PostgresDatabaseProps {
  /** Identifier of the instance; replicas add `-replica-1` and so on. */
  identifier: string;
  databaseName: string;
  secretName: string;
  /** e.g. `15.13`. */
  engineVersion: string;
  /** e.g. `db.t3.small`. */
  instanceClass: string;
  storageGb: number;
  /** Of gp3 from 400 GB on, where RDS has 12,000 without asking; smaller ones have 3,000. */
  iops?: number;
  multiAz: boolean;
  backupRetentionDays: number;
  deletionProtection: boolean;
  finalSnapshot: boolean;
  rotation?: SecretRotation;
  /** Region that gets a copy of the secret, for a replica there. */
  secretReplicaRegion?: string;
  readReplicas: number;
  /** Connections that applications may hold at once; three more are kept for operators. */
  maxConnections: number;
  /** Seconds between operating-system metrics: 0, 1, 5, 10, 15, 30 or 60. */
  monitoringSeconds: number;
  subnetIds: string[];
  securityGroup: SecurityGroup;
  /** Encrypts storage, backups, the secret and performance data. */
  dataKey: IKey;
  logsKey: IKey;
  logRetentionDays: number;
}

/** PostgreSQL's port. @public */
export const POSTGRES_PORT = 5432;

/** `superuser_reserved_connections` of RDS. */
const RESERVED_CONNECTIONS = 3;
const MASTER_USER = 'slipway';

/**
 * RDS PostgreSQL with its read replicas (rows 004-08, 004-09, 004-26, 004-34, 004-39): on database subnets only,
 * encrypted at rest by a key of ours and in transit by `rds.force_ssl`, a generated password in Secrets Manager,
 * automated backups, logs kept.
 *
 * @public
 */
export class PostgresDatabase extends Construct {
  readonly instance: CfnDBInstance;
  readonly replicas: CfnDBInstance[];
  readonly secret: Secret;
  readonly endpointAddress: string;
  readonly endpointPort: string;
  /** First replica, else the instance itself. */
  readonly readerAddress: string;

  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    this.secret = generatedSecret(this, 'secret', {
      name: props.secretName,
      description: `Administrator of the database ${props.identifier}`,
      key: props.dataKey,
      fields: { username: MASTER_USER, dbname: props.databaseName },
      generatedField: 'password',
      length: 40,
      replicaRegion: props.secretReplicaRegion,
    });

    const subnetGroup = new CfnDBSubnetGroup(this, 'subnet-group', {
      dbSubnetGroupDescription: `Database subnets of ${props.identifier}`,
      subnetIds: props.subnetIds,
    });
    const parameterGroup = new CfnDBParameterGroup(this, 'parameter-group', {
      family: `postgres${props.engineVersion.split('.')[0]}`,
      description: `Settings of ${props.identifier}`,
      parameters: {
        'rds.force_ssl': '1',
        max_connections: String(props.maxConnections + RESERVED_CONNECTIONS),
        log_connections: '1',
        log_disconnections: '1',
        log_min_duration_statement: '1000',
      },
    });
    const monitoringRole =
      props.monitoringSeconds > 0
        ? new Role(this, 'monitoring-role', {
            description: `Operating-system metrics of ${props.identifier}`,
            assumedBy: new ServicePrincipal('monitoring.rds.amazonaws.com'),
            managedPolicies: [
              ManagedPolicy.fromAwsManagedPolicyName(
                'service-role/AmazonRDSEnhancedMonitoringRole',
              ),
            ],
          })
        : undefined;

    const shared = {
      engine: 'postgres',
      dbInstanceClass: props.instanceClass,
      dbParameterGroupName: parameterGroup.ref,
      vpcSecurityGroups: [props.securityGroup.groupId],
      publiclyAccessible: false,
      storageType: 'gp3',
      copyTagsToSnapshot: true,
      autoMinorVersionUpgrade: true,
      caCertificateIdentifier: 'rds-ca-rsa2048-g1',
      enablePerformanceInsights: true,
      performanceInsightsKmsKeyId: props.dataKey.keyArn,
      performanceInsightsRetentionPeriod: 7,
      monitoringInterval: props.monitoringSeconds,
      monitoringRoleArn: monitoringRole?.roleArn,
      enableCloudwatchLogsExports: ['postgresql', 'upgrade'],
      deletionProtection: props.deletionProtection,
    } satisfies CfnDBInstanceProps;

    this.instance = new CfnDBInstance(this, 'instance', {
      ...shared,
      dbInstanceIdentifier: props.identifier,
      storageEncrypted: true,
      kmsKeyId: props.dataKey.keyArn,
      engineVersion: props.engineVersion,
      dbName: props.databaseName,
      port: String(POSTGRES_PORT),
      allocatedStorage: String(props.storageGb),
      iops: props.iops,
      multiAz: props.multiAz,
      backupRetentionPeriod: props.backupRetentionDays,
      preferredBackupWindow: '03:00-04:00',
      preferredMaintenanceWindow: 'sun:04:30-sun:05:30',
      deleteAutomatedBackups: true,
      dbSubnetGroupName: subnetGroup.ref,
      masterUsername: this.secret
        .secretValueFromJson('username')
        .unsafeUnwrap(),
      masterUserPassword: this.secret
        .secretValueFromJson('password')
        .unsafeUnwrap(),
    });
    const policy = props.finalSnapshot
      ? CfnDeletionPolicy.SNAPSHOT
      : CfnDeletionPolicy.DELETE;
    this.instance.cfnOptions.deletionPolicy = policy;
    this.instance.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.SNAPSHOT;
    this.#keepLogs(this.instance, 'log', props.identifier, props);

    const attachment = new CfnSecretTargetAttachment(
      this,
      'secret-attachment',
      {
        secretId: this.secret.secretArn,
        targetId: this.instance.ref,
        targetType: 'AWS::RDS::DBInstance',
      },
    );

    if (props.rotation) {
      rotate(this, 'rotation', this.secret, props.rotation);
      this.node.findChild('rotation').node.addDependency(attachment);
    }

    this.replicas = Array.from({ length: props.readReplicas }, (_, index) => {
      const identifier = `${props.identifier}-replica-${index + 1}`;
      const replica = new CfnDBInstance(this, `replica-${index + 1}`, {
        ...shared,
        dbInstanceIdentifier: identifier,
        sourceDbInstanceIdentifier: this.instance.ref,
      });
      replica.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
      replica.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
      this.#keepLogs(replica, `replica-${index + 1}-log`, identifier, props);
      Tags.of(replica).add('Name', identifier);
      return replica;
    });
    Tags.of(this.instance).add('Name', props.identifier);

    this.endpointAddress = this.instance.attrEndpointAddress;
    this.endpointPort = this.instance.attrEndpointPort;
    this.readerAddress = (
      this.replicas[0] ?? this.instance
    ).attrEndpointAddress;
  }

  #keepLogs(
    instance: CfnDBInstance,
    id: string,
    identifier: string,
    props: PostgresDatabaseProps,
  ): void {
    for (const kind of ['postgresql', 'upgrade']) {
      const logGroup = retainedLogGroup(this, `${id}-${kind}`, {
        name: `/aws/rds/instance/${identifier}/${kind}`,
        retentionDays: props.logRetentionDays,
        key: props.logsKey,
      });
      instance.node.addDependency(logGroup);
    }
  }
}
