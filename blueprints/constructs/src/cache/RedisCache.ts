import {
  CfnGlobalReplicationGroup,
  CfnParameterGroup,
  CfnReplicationGroup,
  CfnSubnetGroup,
} from 'aws-cdk-lib/aws-elasticache';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { SecurityGroup } from '../network/SecurityGroup';
import { retainedLogGroup } from '../observability/logGroup';
import { generatedSecret } from '../secrets/secret';

/** Port of Redis. @public */
export const REDIS_PORT = 6379;

/** @public */
export interface RedisCacheProps {
  name: string;
  nodeType: string;
  /** `7.0` or `7.1`. */
  engineVersion: string;
  shards: number;
  replicasPerShard: number;
  /** `maxmemory-policy`. */
  eviction: string;
  snapshotDays: number;
  /** Part of a global datastore: made here under a suffix, or joined by its id. */
  global?: { make: string } | { join: string };
  secretName: string;
  /** Region that gets a copy of the AUTH token. */
  secretReplicaRegion?: string;
  subnetIds: string[];
  securityGroup: SecurityGroup;
  dataKey: IKey;
  logsKey: IKey;
  logRetentionDays: number;
}

/**
 * Redis in cluster mode (rows 001-09, 002-13, 003-22): shards whose number changes online, replicas in other zones that
 * take over, AUTH by a generated token, encrypted at rest and on the way, daily snapshots, slow commands logged.
 *
 * @public
 */
export class RedisCache extends Construct {
  readonly group: CfnReplicationGroup;
  readonly endpointAddress: string;
  /** Id of the global datastore that this cache made. */
  readonly globalId?: string;
  /** The AUTH token; a secondary has its primary's. */
  readonly secret?: Secret;
  readonly nodeIds: string[];

  constructor(scope: Construct, id: string, props: RedisCacheProps) {
    super(scope, id);
    const joined =
      props.global && 'join' in props.global ? props.global.join : undefined;
    const subnetGroup = new CfnSubnetGroup(this, 'subnet-group', {
      description: `Database subnets of ${props.name}`,
      subnetIds: props.subnetIds,
    });
    const slowLog = retainedLogGroup(this, 'slow-log', {
      name: `/slipway/${props.name}/redis-slow`,
      retentionDays: props.logRetentionDays,
      key: props.logsKey,
    });
    if (!joined) {
      this.secret = generatedSecret(this, 'secret', {
        name: props.secretName,
        description: `AUTH token of the cache of ${props.name}`,
        key: props.dataKey,
        generatedField: 'token',
        length: 64,
        replicaRegion: props.secretReplicaRegion,
      });
    }

    this.group = new CfnReplicationGroup(this, 'group', {
      replicationGroupDescription: `Redis of ${props.name}`,
      ...(joined
        ? { globalReplicationGroupId: joined }
        : {
            ...this.#shape(props),
            authToken: this.secret!.secretValueFromJson('token').unsafeUnwrap(),
          }),
      replicasPerNodeGroup: props.replicasPerShard,
      automaticFailoverEnabled: true,
      multiAzEnabled: props.replicasPerShard > 0,
      kmsKeyId: props.dataKey.keyArn,
      cacheSubnetGroupName: subnetGroup.ref,
      securityGroupIds: [props.securityGroup.groupId],
      snapshotRetentionLimit: props.snapshotDays,
      snapshotWindow: '02:00-03:00',
      preferredMaintenanceWindow: 'sun:05:30-sun:06:30',
      autoMinorVersionUpgrade: true,
      logDeliveryConfigurations: [
        {
          logType: 'slow-log',
          logFormat: 'json',
          destinationType: 'cloudwatch-logs',
          destinationDetails: {
            cloudWatchLogsDetails: { logGroup: slowLog.logGroupName },
          },
        },
      ],
    });
    this.endpointAddress = this.group.attrConfigurationEndPointAddress;
    this.nodeIds = Array.from({ length: props.shards }, (_, shard) =>
      Array.from(
        { length: props.replicasPerShard + 1 },
        (_node, node) =>
          `${this.group.ref}-${digits(shard + 1, 4)}-${digits(node + 1, 3)}`,
      ),
    ).flat();

    if (props.global && 'make' in props.global) {
      this.globalId = new CfnGlobalReplicationGroup(this, 'global', {
        globalReplicationGroupIdSuffix: props.global.make,
        globalReplicationGroupDescription: `Redis of ${props.name} in both regions`,
        members: [{ replicationGroupId: this.group.ref, role: 'PRIMARY' }],
      }).ref;
    }
  }

  #shape(props: RedisCacheProps) {
    const parameterGroup = new CfnParameterGroup(this, 'parameter-group', {
      cacheParameterGroupFamily: 'redis7',
      description: `Settings of ${props.name}`,
      properties: {
        'cluster-enabled': 'yes',
        'maxmemory-policy': props.eviction,
      },
    });
    return {
      engine: 'redis',
      clusterMode: 'enabled',
      engineVersion: props.engineVersion,
      cacheNodeType: props.nodeType,
      numNodeGroups: props.shards,
      port: REDIS_PORT,
      cacheParameterGroupName: parameterGroup.ref,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
    };
  }
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
