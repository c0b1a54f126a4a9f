import { Tags } from 'aws-cdk-lib';
import {
  accessAnalyzer,
  addBackupAlarms,
  addAuroraAlarms,
  addCacheAlarms,
  addEdgeAlarms,
  allow,
  AuroraPostgres,
  clusterValues,
  controllerRoles,
  DailyBackups,
  Dashboard,
  databaseValues,
  DataSubnetAcl,
  Entry,
  entryValues,
  type EnvironmentStack,
  Foundation,
  imageRepository,
  POSTGRES_PORT,
  readSecrets,
  REDIS_PORT,
  RedisCache,
  serviceAccountRoles,
} from '@slipway/blueprint-constructs';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { Construct } from 'constructs';
import { CLOUDFLARE_CIDRS } from './cloudflare';
import { graphs } from './graphs';
import type { Settings } from './settings';

/** Where the document's pods listen (row 003-33), and the catalog's health path. */
const POD_PORT = 8080;
const HEALTH_PATH = '/api/health';
const DATABASE = 'application';
const APPLICATION = 'application';
const SERVICES = ['frontend', 'backend-api', 'workers'] as const;

/** Document 003 in one stack. */
export class EnterprisePlatform {
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
      nodeGroups: [{ name: 'workers', ...settings.nodes }],
    });
    const { name, dataKey, operationsKey, network, alarms } = foundation;
    const data = {
      subnetIds: network.databaseSubnetIds,
      dataKey,
      logsKey: operationsKey,
      logRetentionDays: foundation.logRetentionDays,
    };
    if (settings.networkAcls) {
      new DataSubnetAcl(stack, 'database-acl', {
        name,
        vpcId: network.vpcId,
        cidr: network.cidr,
        subnetIds: network.databaseSubnetIds,
        ports: [POSTGRES_PORT, REDIS_PORT],
      });
    }

    const database = new AuroraPostgres(stack, 'database', {
      identifier: `${name}-database`,
      databaseName: DATABASE,
      ...settings.database,
      login: { key: dataKey },
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
    const databaseSecretArn = database.secretArn!;
    const cacheSecretArn = cache.secret!.secretArn;

    const entry = new Entry(stack, {
      foundation,
      targetPort: POD_PORT,
      healthCheckPath: HEALTH_PATH,
      domain: settings.domain,
      cdn: 'none',
      allowedCidrs: settings.onlyCloudflare ? CLOUDFLARE_CIDRS : [],
    });
    const repositories = SERVICES.map(service =>
      imageRepository(stack, `${service}-images`, {
        name: `${name}/${service}`,
        key: dataKey,
      }),
    );
    const secretArns = [databaseSecretArn, cacheSecretArn];
    const statements = [
      readSecrets(...secretArns),
      allow(['kms:Decrypt'], [dataKey.keyArn]),
    ];
    const roles = serviceAccountRoles(
      new Construct(stack, 'workload-roles'),
      foundation.cluster,
      [
        {
          id: 'backend-api',
          namespace: APPLICATION,
          serviceAccount: 'backend-api',
          description: 'Back-end API: reads the credentials of its data',
          statements,
        },
        {
          id: 'workers',
          namespace: APPLICATION,
          serviceAccount: 'workers',
          description: 'Workers: read the credentials of their data',
          statements,
        },
        ...controllerRoles({
          cluster: foundation.cluster,
          targetGroupArn: entry.loadBalancer.targetGroupArn,
          secretArns,
          keyArn: dataKey.keyArn,
        }),
      ],
    );

    addEdgeAlarms(alarms, entry.loadBalancer, {
      percentile: 99,
      milliseconds: 200,
      document: 'document 003',
    });
    addAuroraAlarms(alarms, database, { isServerless: false, isGlobal: false });
    addCacheAlarms(alarms, cache);
    const dashboard = new Dashboard(stack, 'dashboard', {
      name,
      region,
      graphs: graphs(entry, database, cache),
    });
    if (settings.foundation.auditTrail) {
      foundation.audit([foundation.logsBucket]);
    }
    if (settings.accessAnalyzer) {
      accessAnalyzer(stack, 'access-analyzer', { name });
    }
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
    for (const keeper of [database, cache, foundation.logsBucket]) {
      Tags.of(keeper).add(
        'slipway:data-classification',
        settings.foundation.dataClassification,
      );
    }

    this.outputs = {
      ...entryValues(entry),
      ...clusterValues(foundation, roles),
      ...databaseValues(database, {
        databaseName: DATABASE,
        secretArn: databaseSecretArn,
      }),
      CacheEndpoint: cache.endpointAddress,
      CacheSecretArn: cacheSecretArn,
      FrontendRepository: repositories[0].repositoryUri,
      BackendApiRepository: repositories[1].repositoryUri,
      WorkersRepository: repositories[2].repositoryUri,
      BackendApiRoleArn: roles['backend-api'],
      WorkersRoleArn: roles.workers,
      DashboardUrl: dashboard.url,
    };
  }
}
