import { Tags } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  addBackupAlarms,
  addAuroraAlarms,
  addCacheAlarms,
  addEdgeAlarms,
  addQueueAlarms,
  AuroraPostgres,
  clusterValues,
  DailyBackups,
  Dashboard,
  databaseValues,
  Entry,
  entryValues,
  type EnvironmentStack,
  Foundation,
  imageRepository,
  NOTHING,
  POSTGRES_PORT,
  REDIS_PORT,
  RedisCache,
  regionalBucketName,
  replicateBuckets,
  WorkQueue,
} from '@slipway/blueprint-constructs';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { graphs } from './graphs';
import { secretsOf } from './secrets';
import type { Settings } from './settings';
import { objectBucket } from './storage';
import { workloadRoles } from './workloadRoles';

/** Where the Istio gateway listens, and what answers there when it is well. */
const GATEWAY_PORT = 8080;
const HEALTH_PATH = '/v1/status';
/** Where the control plane reaches Istio's sidecar injector. */
const ISTIO_WEBHOOK_PORT = 15017;
const DATABASE = 'application';
const SERVICES = ['api', 'microservices', 'workers'] as const;
/** Nodes that may be taken back come second; pods that mind can refuse them. */
const SPOT_TAINT = {
  key: 'slipway.io/spot',
  value: 'true',
  effect: 'PREFER_NO_SCHEDULE',
} as const;

/** Document 001: one of its regions in one stack. */
export class CloudNative {
  /** By the keys of the blueprint's definition. */
  readonly outputs: Record<string, string>;

  constructor(
    stack: EnvironmentStack,
    place: BlueprintInput,
    settings: Settings,
  ) {
    const { role, nodes } = settings;
    const { accountId, region } = place;
    const foundation = new Foundation(stack, {
      place,
      settings: settings.foundation,
      webhookPorts: [ISTIO_WEBHOOK_PORT],
      nodeGroups: [
        { name: 'on-demand', capacityType: 'ON_DEMAND', ...nodes.onDemand },
        {
          name: 'spot',
          capacityType: 'SPOT',
          taints: [SPOT_TAINT],
          ...nodes.spot,
        },
      ],
    });
    const { name, dataKey, operationsKey, network, alarms } = foundation;
    const logs = {
      logsKey: operationsKey,
      logRetentionDays: foundation.logRetentionDays,
    };
    const secrets = secretsOf(role, place);

    const database = new AuroraPostgres(stack, 'database', {
      identifier: `${name}-database`,
      databaseName: DATABASE,
      ...settings.database,
      global: {
        single: undefined,
        primary: { make: name },
        standby: { join: secrets.primaryStack },
      }[role.kind],
      login:
        role.kind === 'standby'
          ? undefined
          : {
              key: dataKey,
              secret: {
                name: secrets.databaseName,
                databaseName: DATABASE,
                replicaRegion: secrets.replicaRegion,
                rotation: settings.rotation,
              },
            },
      subnetIds: network.databaseSubnetIds,
      securityGroup: foundation.dataSecurity(
        'database',
        POSTGRES_PORT,
        'PostgreSQL',
      ),
      dataKey,
      ...logs,
    });
    const cache = new RedisCache(stack, 'cache', {
      name,
      ...settings.cache,
      global: cacheOf(settings, name),
      secretName: secrets.cacheName,
      secretReplicaRegion: secrets.replicaRegion,
      subnetIds: network.databaseSubnetIds,
      securityGroup: foundation.dataSecurity('cache', REDIS_PORT, 'Redis'),
      dataKey,
      ...logs,
    });
    const databaseSecretArn = database.secretArn ?? secrets.databaseArn;
    const cacheSecretArn = cache.secret?.secretArn ?? secrets.cacheArn;

    const storage = objectBucket(stack, 'storage', place, foundation);
    const backups = objectBucket(stack, 'backups', place, foundation);
    this.#replicate(stack, place, settings, foundation, { storage, backups });
    const work = new WorkQueue(stack, 'work', {
      name: `${name}-work`,
      key: dataKey.allowService('sns.amazonaws.com', accountId),
      visibilitySeconds: 300,
      maxReceives: 5,
    });

    const entry = new Entry(stack, {
      foundation,
      targetPort: GATEWAY_PORT,
      healthCheckPath: HEALTH_PATH,
      domain: settings.domain,
      routing: settings.domain && settings.routing,
      cdn: cdnOf(settings),
      requestLimit: settings.requestLimit,
    });
    const repositories = SERVICES.map(service =>
      imageRepository(stack, `${service}-images`, {
        name: `${name}/${service}`,
        key: dataKey,
      }),
    );
    const roles = workloadRoles(stack, {
      foundation,
      databaseSecretArn,
      cacheSecretArn,
      storage,
      backups,
      work,
      targetGroupArn: entry.loadBalancer.targetGroupArn,
    });

    addEdgeAlarms(alarms, entry.loadBalancer, {
      percentile: 95,
      milliseconds: 100,
      document: 'document 001',
    });
    addAuroraAlarms(alarms, database, {
      isServerless: true,
      isGlobal: role.kind === 'standby',
    });
    addCacheAlarms(alarms, cache);
    addQueueAlarms(alarms, work);
    const dashboard = new Dashboard(stack, 'dashboard', {
      name,
      region,
      graphs: graphs(entry, database, cache, work),
    });
    if (settings.foundation.auditTrail) foundation.audit([storage, backups]);
    if (settings.backups) {
      addBackupAlarms(alarms, settings.backups);
      new DailyBackups(stack, 'daily-backups', {
        name,
        accountId,
        region,
        ...settings.backups,
        resourceArns: [database.cluster.attrDbClusterArn],
      });
    }
    for (const keeper of [
      database,
      cache,
      storage,
      backups,
      work,
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
      HealthCheckId: entry.healthCheckId ?? NOTHING,
      ...clusterValues(foundation, roles),
      ...databaseValues(database, {
        databaseName: DATABASE,
        secretArn: databaseSecretArn,
      }),
      CacheEndpoint: cache.endpointAddress,
      CacheSecretArn: cacheSecretArn,
      GlobalDatabase: database.cluster.globalClusterIdentifier ?? NOTHING,
      GlobalCache: cache.globalId ?? (settings.globalCache || NOTHING),
      StorageBucket: storage.bucketName,
      BackupBucket: backups.bucketName,
      QueueUrl: work.queue.queueUrl,
      TopicArn: work.topic.topicArn,
      ApiRepository: repositories[0].repositoryUri,
      MicroservicesRepository: repositories[1].repositoryUri,
      WorkersRepository: repositories[2].repositoryUri,
      ApiRoleArn: roles.api,
      MicroservicesRoleArn: roles.microservices,
      WorkersRoleArn: roles.workers,
      VeleroRoleArn: roles.velero,
      TracingRoleArn: roles.tracing,
      DashboardUrl: dashboard.url,
    };
  }

  #replicate(
    stack: EnvironmentStack,
    { stackName, accountId, region }: BlueprintInput,
    { role }: Settings,
    { dataKey }: Foundation,
    buckets: Record<'storage' | 'backups', Bucket>,
  ): void {
    if (role.kind !== 'primary' || !role.standbyStack || !role.standbyRegion) {
      return;
    }
    const { standbyStack, standbyRegion } = role;
    replicateBuckets(stack, 'replication', {
      buckets: Object.entries(buckets).map(([kind, bucket]) => ({
        bucket,
        name: regionalBucketName(stackName, kind, accountId, region),
        targetName: regionalBucketName(
          standbyStack,
          kind,
          accountId,
          standbyRegion,
        ),
      })),
      accountId,
      region,
      targetRegion: standbyRegion,
      key: dataKey,
      targetKeyAlias: `${standbyStack}/data`,
    });
  }
}

/** A datastore over both regions, or none. */
function cacheOf(
  { role, cacheReplication, globalCache }: Settings,
  name: string,
) {
  if (globalCache) return { join: globalCache };
  return role.kind === 'primary' && cacheReplication
    ? { make: name }
    : undefined;
}

/** CloudFront is the primary's; a standby only takes part in the names that it makes. */
function cdnOf({ cdn, role }: Settings) {
  if (!cdn) return 'none';
  return role.kind === 'standby' ? 'elsewhere' : 'own';
}
