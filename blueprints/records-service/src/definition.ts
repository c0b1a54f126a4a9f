import {
  dataFates,
  kafkaRules,
  nodeRules,
} from '@slipway/blueprint-constructs/parameters';
import type { Blueprint } from '@slipway/plugin-infra-scaffolder-common';
import { outputs } from './outputs';
import { parameters } from './parameters';

/**
 * The system of document 002 as a blueprint.
 *
 * @public
 */
export const recordsService: Blueprint = {
  id: 'records-service',
  version: '1.0.0',
  title: 'Records service',
  description:
    'One service over billions of records: Kubernetes on large nodes, PostgreSQL with read replicas, Redis, Kafka and three kinds of storage behind CloudFront and a web firewall. In size prod the database is protected against deletion and leaves a last snapshot.',
  source: 'Seed 002',
  engines: ['cdk', 'terraform'],
  defaultSize: 'dev',
  sizes: {
    dev: {
      title: 'Development',
      description:
        't3.large spot nodes (1 to 3), db.t3.medium with 50 GB, one cache.t4g.small, three kafka.t3.small, no CloudFront.',
      parameters: {
        nodeInstanceTypes: ['t3.large'],
        nodeCapacityType: 'SPOT',
        nodeMinSize: 1,
        nodeDesiredSize: 2,
        nodeMaxSize: 3,
        nodeVolumeGb: 50,
        containerInsights: false,
        dbInstanceClass: 'db.t3.medium',
        dbStorageGb: 50,
        dbMultiAz: false,
        dbBackupRetentionDays: 7,
        dbReadReplicas: 0,
        dbMaxConnections: 200,
        cacheNodeType: 'cache.t4g.small',
        cacheReplicas: 0,
        cacheSnapshotDays: 0,
        kafkaBrokerType: 'kafka.t3.small',
        kafkaStorageGb: 50,
        kafkaMaxStorageGb: 200,
        cdn: false,
        natGateways: 'one',
        logRetentionDays: 7,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 1 },
    },
    staging: {
      title: 'Staging',
      description:
        'c5.xlarge nodes (2 to 4), db.r5.large with 200 GB and one replica, two cache.r6g.large, three kafka.m5.large.',
      parameters: {
        nodeInstanceTypes: ['c5.xlarge'],
        nodeMinSize: 2,
        nodeDesiredSize: 2,
        nodeMaxSize: 4,
        dbInstanceClass: 'db.r5.large',
        dbStorageGb: 200,
        dbMultiAz: false,
        dbBackupRetentionDays: 7,
        dbReadReplicas: 1,
        cacheNodeType: 'cache.r6g.large',
        cacheReplicas: 1,
        kafkaStorageGb: 200,
        kafkaMaxStorageGb: 1000,
        natGateways: 'one',
        logRetentionDays: 30,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 2 },
    },
    prod: {
      title: 'Production',
      description:
        'c5.2xlarge nodes (3 to 10), db.r5.2xlarge with 1,000 GB at 16,000 IOPS, a standby and two replicas, three cache.r6g.xlarge, three kafka.m5.large.',
      parameters: {
        dbDeletionProtection: true,
        dbFinalSnapshot: true,
        natGateways: 'per-zone',
        logRetentionDays: 90,
        auditTrail: true,
      },
      takes: { vpcs: 1, elasticIps: 3, eksClusters: 1, dbInstances: 3 },
    },
  },
  parameters,
  rules: [...nodeRules('node'), ...kafkaRules],
  cidrPrefixLength: { minimum: 16, maximum: 20, default: 16 },
  outputs,
  fates: dataFates,
};
