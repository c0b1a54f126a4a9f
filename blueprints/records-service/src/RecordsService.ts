import { Tags } from 'aws-cdk-lib';
import {
  addBackupAlarms,
  addCacheAlarms,
  addDatabaseAlarms,
  addEdgeAlarms,
  addKafkaAlarms,
  clusterValues,
  DailyBackups,
  Dashboard,
  databaseValues,
  Entry,
  entryValues,
  type EnvironmentStack,
  Foundation,
  imageRepository,
  KAFKA_PORT,
  KafkaCluster,
  NOTHING,
  POSTGRES_PORT,
  PostgresDatabase,
  REDIS_PORT,
  RedisCache,
} from '@slipway/blueprint-constructs';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { graphs } from './graphs';
import type { Settings } from './settings';
import { recordBuckets } from './storage';
import { workloadRoles } from './workloadRoles';

const POD_PORT = 8080;
const HEALTH_PATH = '/healthz';
const DATABASE = 'records';
const SERVICES = ['records', 'ingest'] as const;
/** On volumes that pods ask for; the backup plan looks for it. */
const BACKUP_TAG = 'slipway:backup';

/** Document 002 in one stack. */
export class RecordsService {
  /** By the keys of the blueprint's definition. */
  readonly outputs: Record<string, string>;

  constructor(
    stack: EnvironmentStack,
    place: BlueprintInput,
    settings: Settings,
  ) {
    const { accountId, region } = place;
    const foundation = new Foundation(stack, {
      place,
      settings: settings.foundation,
      nodeGroups: [{ name: 'compute-optimized', ...settings.nodes }],
      volumeTags: { [BACKUP_TAG]: place.stackName },
    });
    const { name, dataKey, operationsKey, network, alarms } = foundation;
    const data = {
      subnetIds: network.databaseSubnetIds,
      dataKey,
      logsKey: operationsKey,
      logRetentionDays: foundation.logRetentionDays,
    };

    const database = new PostgresDatabase(stack, 'database', {
      identifier: `${name}-database`,
      databaseName: DATABASE,
      secretName: `${name}/database`,
      ...settings.database,
      securityGroup: foundation.dataSecurity(
        'database',
        POSTGRES_PORT,
        'PostgreSQL',
      ),
      ...data,
    });
    const cache = new RedisCache(stack, 'cache', {
      name,
      ...settings.cache,
      secretName: `${name}/cache`,
      securityGroup: foundation.dataSecurity('cache', REDIS_PORT, 'Redis'),
      ...data,
    });
    const kafkaSecurity = foundation.dataSecurity('kafka', KAFKA_PORT, 'Kafka');
    kafkaSecurity.allowTo('to-brokers', kafkaSecurity, {
      from: 0,
      protocol: '-1',
      description: 'Brokers to one another',
    });
    const kafka = new KafkaCluster(stack, 'kafka', {
      name: `${name}-kafka`,
      region,
      ...settings.kafka,
      securityGroup: kafkaSecurity,
      ...data,
    });
    const buckets = recordBuckets(stack, foundation);

    const entry = new Entry(stack, {
      foundation,
      targetPort: POD_PORT,
      healthCheckPath: HEALTH_PATH,
      domain: settings.domain,
      routing:
        settings.domain && settings.dnsFailover
          ? { kind: 'failover', role: 'primary' }
          : undefined,
      cdn: settings.cdn ? 'own' : 'none',
      hasOriginShield: settings.originShield,
      requestLimit: settings.requestLimit,
    });
    const repositories = SERVICES.map(service =>
      imageRepository(stack, `${service}-images`, {
        name: `${name}/${service}`,
        key: dataKey,
      }),
    );
    const cacheSecretArn = cache.secret!.secretArn;
    const roles = workloadRoles(stack, {
      foundation,
      secretArns: [database.secret.secretArn, cacheSecretArn],
      buckets,
      kafka,
      tracing: settings.tracing,
      targetGroupArn: entry.loadBalancer.targetGroupArn,
    });

    addEdgeAlarms(alarms, entry.loadBalancer, {
      percentile: 95,
      milliseconds: 500,
      document: 'document 002',
    });
    addDatabaseAlarms(alarms, database, settings.database);
    addCacheAlarms(alarms, cache);
    addKafkaAlarms(alarms, kafka, settings.kafka.brokers);
    const dashboard = new Dashboard(stack, 'dashboard', {
      name,
      region,
      graphs: graphs(name, entry, database, cache, kafka),
    });
    if (settings.foundation.auditTrail) {
      foundation.audit(Object.values(buckets));
    }
    if (settings.backups) {
      addBackupAlarms(alarms, settings.backups);
      new DailyBackups(stack, 'daily-backups', {
        name,
        accountId,
        region,
        ...settings.backups,
        resourceArns: [database.instance.attrDbInstanceArn],
        tag: { key: BACKUP_TAG, value: name },
      });
    }
    for (const keeper of [
      database,
      cache,
      kafka,
      ...Object.values(buckets),
      foundation.logsBucket,
      ...(entry.cdnLogsBucket ? [entry.cdnLogsBucket] : []),
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
      ...databaseValues(database, {
        databaseName: DATABASE,
        secretArn: database.secret.secretArn,
      }),
      CacheEndpoint: cache.endpointAddress,
      CacheSecretArn: cacheSecretArn,
      KafkaClusterArn: kafka.arn,
      KafkaBrokersCommand: kafka.brokersCommand,
      BackupsBucket: buckets.backups.bucketName,
      LogsBucket: buckets.logs.bucketName,
      ArchivesBucket: buckets.archives.bucketName,
      RecordsRepository: repositories[0].repositoryUri,
      IngestRepository: repositories[1].repositoryUri,
      RecordsRoleArn: roles.records,
      IngestRoleArn: roles.ingest,
      LogsRoleArn: roles.logs,
      TracingRoleArn: roles.tracing ?? NOTHING,
      DashboardUrl: dashboard.url,
    };
  }
}
