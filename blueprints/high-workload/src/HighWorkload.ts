import { Tags } from 'aws-cdk-lib';
import {
  addBackupAlarms,
  addDatabaseAlarms,
  addEdgeAlarms,
  allow,
  Bastion,
  clusterValues,
  controllerRoles,
  DailyBackups,
  Dashboard,
  databaseValues,
  documentTable,
  Entry,
  entryValues,
  type EnvironmentStack,
  Foundation,
  imageRepository,
  NOTHING,
  POSTGRES_PORT,
  readSecrets,
  regionalBucketName,
  replicateBuckets,
  secureBucket,
  serviceAccountRoles,
} from '@slipway/blueprint-constructs';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { StorageClass } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { regionalDatabase } from './database';
import { graphs } from './graphs';
import type { Settings } from './settings';

/** Of the document's own Deployment (row 000-28). */
const POD_PORT = 8080;
const HEALTH_PATH = '/healthz';
/** The document asks for an alert on latency and names none; this is ours. */
const LATENCY = {
  percentile: 95,
  milliseconds: 500,
  document: 'this blueprint',
};

/** Document 000: one of its regions in one stack. */
export class HighWorkload {
  /** By the keys of the blueprint's definition. */
  readonly outputs: Record<string, string>;

  constructor(
    stack: EnvironmentStack,
    place: BlueprintInput,
    settings: Settings,
  ) {
    const { accountId, region } = place;
    const { role } = settings;
    const foundation = new Foundation(stack, {
      place,
      settings: settings.foundation,
      nodeGroups: [{ name: 'workers', ...settings.nodes }],
    });
    const { name, dataKey, network, alarms } = foundation;
    const { database, secretArn, securityGroup } = regionalDatabase(
      stack,
      foundation,
      settings,
    );
    const table =
      settings.documentTable && role.kind !== 'standby'
        ? documentTable(stack, 'table', { name, key: dataKey })
        : undefined;
    const backups = secureBucket(stack, 'backups-bucket', {
      name: regionalBucketName(name, 'backups', accountId, region),
      encryption: { by: 'key', key: dataKey },
      versioned: true,
      accessLogs: {
        bucket: foundation.logsBucket,
        prefix: 'backups-access/',
      },
      transitions: [
        { storageClass: StorageClass.INFREQUENT_ACCESS, afterDays: 30 },
      ],
    });
    if (role.kind === 'primary' && role.standbyStack && role.standbyRegion) {
      const { standbyStack, standbyRegion } = role;
      replicateBuckets(stack, 'replication', {
        buckets: [
          {
            bucket: backups,
            name: regionalBucketName(name, 'backups', accountId, region),
            targetName: regionalBucketName(
              standbyStack,
              'backups',
              accountId,
              standbyRegion,
            ),
          },
        ],
        accountId,
        region,
        targetRegion: standbyRegion,
        key: dataKey,
        targetKeyAlias: `${standbyStack}/data`,
      });
    }
    const bastion = settings.bastion
      ? new Bastion(stack, 'bastion', {
          name,
          vpcId: network.vpcId,
          subnetId: network.privateSubnetIds[0],
          instanceType: 't3.micro',
          tags: place.tags,
        })
      : undefined;
    bastion?.securityGroup.allowTo('bastion-to-database', securityGroup, {
      from: POSTGRES_PORT,
      description: 'Administrators to PostgreSQL',
    });

    const entry = new Entry(stack, {
      foundation,
      targetPort: POD_PORT,
      healthCheckPath: HEALTH_PATH,
      domain: settings.domain,
      routing: settings.domain && settings.routing,
      cdn: cdnOf(settings),
      requestLimit: settings.requestLimit,
    });
    const repository = imageRepository(stack, 'app-images', {
      name: `${name}/app`,
      key: dataKey,
    });
    const roles = serviceAccountRoles(
      new Construct(stack, 'workload-roles'),
      foundation.cluster,
      [
        {
          id: 'app',
          namespace: 'application',
          serviceAccount: 'app',
          description: 'Application: its data and its backups',
          statements: [
            readSecrets(secretArn),
            allow(['s3:PutObject'], [backups.arnForObjects('*')]),
            allow(['kms:Decrypt', 'kms:GenerateDataKey'], [dataKey.keyArn]),
            ...(table
              ? [
                  allow(
                    [
                      'dynamodb:GetItem',
                      'dynamodb:PutItem',
                      'dynamodb:UpdateItem',
                      'dynamodb:DeleteItem',
                      'dynamodb:Query',
                      'dynamodb:BatchGetItem',
                      'dynamodb:BatchWriteItem',
                    ],
                    [table.tableArn],
                  ),
                ]
              : []),
          ],
        },
        ...controllerRoles({
          cluster: foundation.cluster,
          targetGroupArn: entry.loadBalancer.targetGroupArn,
          secretArns: [secretArn],
          keyArn: dataKey.keyArn,
        }),
      ],
    );

    addEdgeAlarms(alarms, entry.loadBalancer, LATENCY);
    addDatabaseAlarms(alarms, database, settings.database);
    const dashboard = new Dashboard(stack, 'dashboard', {
      name,
      region,
      graphs: graphs(entry, database),
    });
    if (settings.foundation.auditTrail) foundation.audit([backups]);
    if (settings.backups) {
      addBackupAlarms(alarms, settings.backups);
      new DailyBackups(stack, 'daily-backups', {
        name,
        accountId,
        region,
        ...settings.backups,
        resourceArns: [
          database.instance.attrDbInstanceArn,
          ...(table ? [table.tableArn] : []),
        ],
      });
    }
    for (const keeper of [
      database,
      backups,
      foundation.logsBucket,
      ...(entry.cdnLogsBucket ? [entry.cdnLogsBucket] : []),
      ...(table ? [table] : []),
    ]) {
      Tags.of(keeper).add(
        'slipway:data-classification',
        settings.foundation.dataClassification,
      );
    }

    this.outputs = {
      ...entryValues(entry),
      DistributionDomain: entry.distribution?.domainName ?? NOTHING,
      ...clusterValues(foundation, roles),
      ...databaseValues(database, { databaseName: 'application', secretArn }),
      TableName: table?.tableName ?? NOTHING,
      BastionCommand: bastion
        ? `aws ssm start-session --region ${region} --target ${bastion.instanceId}`
        : NOTHING,
      BackupsBucket: backups.bucketName,
      AppRepository: repository.repositoryUri,
      AppRoleArn: roles.app,
      DashboardUrl: dashboard.url,
    };
  }
}

/** CloudFront is the primary's; a standby only takes part in the names that it makes. */
function cdnOf({ cdn, role }: Settings) {
  if (!cdn) return 'none';
  return role.kind === 'standby' ? 'elsewhere' : 'own';
}
