import {
  backupParameters,
  cacheParameters,
  capacityParameter,
  cdnParameters,
  clusterParameters,
  firewallParameters,
  kafkaParameters,
  KUBERNETES_1_28,
  nodeCountParameters,
  nodeShapeParameters,
  POSTGRES_15_4,
  postgresParameters,
  rotationParameters,
  surroundingParameters,
} from '@slipway/blueprint-constructs/parameters';
import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';

const database = postgresParameters({
  classes: ['db.t3.medium', 'db.r5.large', 'db.r5.2xlarge', 'db.r5.4xlarge'],
  instanceClass: 'db.r5.2xlarge',
  storageGb: 1000,
  multiAz: true,
  backupDays: 35,
  readReplicas: 2,
  maxConnections: 1000,
});

/** Everything a person can choose; the defaults are production's. */
export const parameters: Record<string, ParameterSchema> = {
  ...clusterParameters,
  kubernetesVersion: {
    ...clusterParameters.kubernetesVersion,
    document: KUBERNETES_1_28,
  },
  ...nodeShapeParameters({
    offered: ['t3.large', 'c5.xlarge', 'c5.2xlarge', 'c5.4xlarge'],
    instanceTypes: ['c5.2xlarge'],
    volumeGb: 100,
    description: 'In order of preference.',
  }),
  ...capacityParameter,
  ...nodeCountParameters({ minimum: 3, desired: 3, maximum: 10, limit: 30 }),
  ...database,
  dbEngineVersion: { ...database.dbEngineVersion, document: POSTGRES_15_4 },
  dbIops: {
    type: 'integer',
    title: 'Input and output',
    description:
      'Of a database of 400 GB or more; a smaller one has 3,000 and nothing to choose.',
    minimum: 12000,
    maximum: 64000,
    default: 16000,
    group: 'Database',
    unit: 'IOPS',
    message: 'Choose 12000 to 64000 IOPS.',
  },
  ...rotationParameters,
  ...cacheParameters({
    nodeTypes: ['cache.t4g.small', 'cache.r6g.large', 'cache.r6g.xlarge'],
    nodeType: 'cache.r6g.xlarge',
    version: '7.0',
    shards: 1,
    replicas: 2,
  }),
  ...kafkaParameters,
  ...firewallParameters,
  ...cdnParameters,
  originShield: {
    type: 'boolean',
    title: 'Origin Shield',
    description: 'One more cache of CloudFront before the load balancer.',
    default: true,
    group: 'Entry',
    message: 'Switch it on or off.',
    advanced: true,
  },
  dnsFailover: {
    type: 'boolean',
    title: 'Health check and failover record',
    description:
      'With a domain: the origin’s record is a failover primary, so that a second region can be put beside it.',
    default: true,
    group: 'Entry',
    message: 'Switch it on or off.',
  },
  tracing: {
    type: 'boolean',
    title: 'X-Ray',
    description: 'A role for the collector of traces in the cluster.',
    default: false,
    group: 'Operations',
    message: 'Switch it on or off.',
  },
  ...backupParameters,
  ...surroundingParameters,
};
