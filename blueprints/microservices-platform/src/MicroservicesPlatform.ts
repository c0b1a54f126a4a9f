import { Tags } from 'aws-cdk-lib';
import {
  addClusterAlarms,
  addDatabaseAlarms,
  addEdgeAlarms,
  Alarms,
  ApplicationLoadBalancer,
  AuditTrail,
  Cluster,
  ClusterAddons,
  EnvironmentKey,
  type EnvironmentStack,
  FlowLogs,
  generatedSecret,
  imageRepository,
  Network,
  NodeGroup,
  PostgresDatabase,
  secureBucket,
} from '@slipway/blueprint-constructs';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { platformSecurity } from './security';
import type { Settings } from './settings';
import { WorkloadRoles } from './workloadRoles';

/** Where the front end's containers listen; they run as non-root (row 004-21), so not on 80. */
const FRONTEND_PORT = 8080;
const SERVICES = ['frontend', 'api-gateway', 'backend'] as const;
const KEY_PENDING_DAYS = 7;

/**
 * Document 004 in one stack: network, cluster, database, entry, and what belongs to them.
 */
export class MicroservicesPlatform {
  /** By the keys of the blueprint's definition. */
  readonly outputs: Record<string, string>;

  constructor(
    stack: EnvironmentStack,
    input: BlueprintInput,
    settings: Settings,
  ) {
    const name = input.stackName;
    const { accountId, region } = input;
    const logs = { logRetentionDays: settings.logRetentionDays };

    const dataKey = new EnvironmentKey(stack, 'data-key', {
      alias: `${name}/data`,
      description: `Database, secrets, buckets and images of ${name}`,
      pendingWindowDays: KEY_PENDING_DAYS,
    });
    const clusterKey = new EnvironmentKey(stack, 'cluster-key', {
      alias: `${name}/cluster`,
      description: `Kubernetes secrets of ${name}`,
      pendingWindowDays: KEY_PENDING_DAYS,
    });
    const operationsKey = new EnvironmentKey(stack, 'operations-key', {
      alias: `${name}/operations`,
      description: `Logs and alarms of ${name}`,
      pendingWindowDays: KEY_PENDING_DAYS,
    })
      .allowLogs(accountId, region)
      .allowService('cloudwatch.amazonaws.com', accountId);

    const network = new Network(stack, 'network', {
      name,
      region,
      cidr: input.cidr,
      availabilityZones: input.availabilityZones,
      natGateways: settings.natGateways,
      clusterName: name,
    });
    if (settings.flowLogs) {
      new FlowLogs(stack, 'flow-logs', {
        name,
        vpcId: network.vpcId,
        accountId,
        region,
        retentionDays: settings.logRetentionDays,
        key: operationsKey,
      });
    }

    const security = platformSecurity(stack, {
      name,
      vpcId: network.vpcId,
      https: settings.domain !== undefined,
      frontendPort: FRONTEND_PORT,
    });

    const cluster = new Cluster(stack, 'cluster', {
      name,
      version: settings.kubernetesVersion,
      subnetIds: network.privateSubnetIds,
      securityGroup: security.controlPlane,
      secretsKey: clusterKey,
      logsKey: operationsKey,
      publicAccessCidrs: settings.apiPublicAccessCidrs,
      ...logs,
    });
    const administratorRole = cluster.addAdministratorRole(accountId);
    const nodeGroup = new NodeGroup(stack, 'node-group', {
      cluster,
      name: 'main',
      subnetIds: network.privateSubnetIds,
      securityGroup: security.nodes,
      instanceTypes: settings.nodeInstanceTypes,
      capacityType: settings.nodeCapacityType,
      minSize: settings.nodeMinSize,
      desiredSize: settings.nodeDesiredSize,
      maxSize: settings.nodeMaxSize,
      volumeGb: settings.nodeVolumeGb,
      metadataForPods: settings.containerInsights,
      tags: input.tags,
    });
    nodeGroup.resource.node.addDependency(...network.egress);
    new ClusterAddons(stack, 'addons', {
      cluster,
      nodeGroups: [nodeGroup],
      containerInsights: settings.containerInsights,
    });

    const database = new PostgresDatabase(stack, 'database', {
      identifier: `${name}-database`,
      databaseName: 'application',
      secretName: `${name}/database`,
      engineVersion: settings.dbEngineVersion,
      instanceClass: settings.dbInstanceClass,
      storageGb: settings.dbStorageGb,
      multiAz: settings.dbMultiAz,
      backupRetentionDays: settings.dbBackupRetentionDays,
      deletionProtection: settings.dbDeletionProtection,
      finalSnapshot: settings.dbFinalSnapshot,
      readReplicas: settings.dbReadReplicas,
      maxConnections: settings.dbMaxConnections,
      monitoringSeconds: settings.dbMonitoringSeconds,
      subnetIds: network.databaseSubnetIds,
      securityGroup: security.database,
      dataKey,
      logsKey: operationsKey,
      ...logs,
    });
    const tokenSecret = generatedSecret(stack, 'token-secret', {
      name: `${name}/api-tokens`,
      description: `Signs the API tokens of ${name}`,
      key: dataKey,
      generatedField: 'signingKey',
      length: 64,
    });

    const logsBucket = secureBucket(stack, 'logs-bucket', {
      encryption: { by: 's3' },
      versioned: true,
      expireAfterDays: settings.logRetentionDays,
    });
    const [assetsBucket, uploadsBucket] = ['assets', 'uploads'].map(kind => {
      const bucket = secureBucket(stack, `${kind}-bucket`, {
        encryption: { by: 'key', key: dataKey },
        versioned: true,
        accessLogs: { bucket: logsBucket, prefix: `${kind}-access/` },
      });
      return bucket;
    });

    const edge = new ApplicationLoadBalancer(stack, 'edge', {
      name,
      accountId,
      vpcId: network.vpcId,
      subnetIds: network.publicSubnetIds,
      securityGroup: security.edge,
      logsBucket,
      targetPort: FRONTEND_PORT,
      healthCheckPath: '/healthz',
      domain: settings.domain,
    });
    edge.node.addDependency(...network.ingress);

    const repositories = SERVICES.map(service =>
      imageRepository(stack, `${service}-images`, {
        name: `${name}/${service}`,
        key: dataKey,
      }),
    );

    const roles = new WorkloadRoles(stack, 'workload-roles', {
      cluster,
      dataKey,
      databaseSecretArn: database.secret.secretArn,
      tokenSecretArn: tokenSecret.secretArn,
      assetsBucket,
      uploadsBucket,
      targetGroupArn: edge.targetGroupArn,
    });

    const alarms = new Alarms(stack, 'alarms', {
      name,
      accountId,
      key: operationsKey,
      email: settings.alarmEmail || undefined,
    });
    addEdgeAlarms(alarms, edge, {
      percentile: 95,
      milliseconds: 200,
      document: 'document 004',
    });
    addDatabaseAlarms(alarms, database, {
      storageGb: settings.dbStorageGb,
      maxConnections: settings.dbMaxConnections,
    });
    if (settings.containerInsights) {
      addClusterAlarms(alarms, {
        name,
        nodeMinSize: settings.nodeMinSize,
        nodeMaxSize: settings.nodeMaxSize,
      });
    }
    if (settings.auditTrail) {
      new AuditTrail(stack, 'audit-trail', {
        name,
        accountId,
        region,
        bucket: logsBucket,
        watchedBuckets: [assetsBucket, uploadsBucket],
      });
    }

    for (const keeper of [
      database,
      tokenSecret,
      assetsBucket,
      uploadsBucket,
      logsBucket,
    ]) {
      Tags.of(keeper).add(
        'slipway:data-classification',
        settings.dataClassification,
      );
    }

    this.outputs = {
      ApplicationUrl: edge.url,
      LoadBalancerDns: edge.dnsName,
      KubeconfigCommand: `aws eks update-kubeconfig --region ${region} --name ${name} --role-arn ${administratorRole}`,
      ClusterName: cluster.resource.ref,
      ClusterEndpoint: cluster.endpoint,
      ClusterOidcIssuer: cluster.oidcIssuerUrl,
      ClusterAdminRoleArn: administratorRole,
      DatabaseEndpoint: database.endpointAddress,
      DatabaseReaderEndpoint: database.readerAddress,
      DatabasePort: database.endpointPort,
      DatabaseName: 'application',
      DatabaseSecretArn: database.secret.secretArn,
      TokenSecretArn: tokenSecret.secretArn,
      VpcId: network.vpcId,
      AssetsBucket: assetsBucket.bucketName,
      UploadsBucket: uploadsBucket.bucketName,
      FrontendRepository: repositories[0].repositoryUri,
      ApiGatewayRepository: repositories[1].repositoryUri,
      BackendRepository: repositories[2].repositoryUri,
      FrontendRoleArn: roles.frontend,
      ApiGatewayRoleArn: roles.apiGateway,
      BackendRoleArn: roles.backend,
      AutoscalerRoleArn: roles.autoscaler,
      LoadBalancerControllerRoleArn: roles.loadBalancerController,
      ExternalSecretsRoleArn: roles.externalSecrets,
      TargetGroupArn: edge.targetGroupArn,
      AlarmTopicArn: alarms.topic.topicArn,
    };
  }
}
