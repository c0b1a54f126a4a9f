import { dataFates, nodeRules } from '@slipway/blueprint-constructs/parameters';
import type { Blueprint } from '@slipway/plugin-infra-scaffolder-common';
import { outputs } from './outputs';
import { parameters } from './parameters';

/**
 * The system of document 003 as a blueprint.
 *
 * @public
 */
export const enterprisePlatform: Blueprint = {
  id: 'enterprise-platform',
  version: '1.0.0',
  title: 'Enterprise platform',
  description:
    'Kubernetes on EKS, Aurora PostgreSQL with readers in three zones, sharded Redis and a load balancer, fenced in twice, with 35 days of backups. In size prod the database is protected against deletion and leaves a last snapshot.',
  source: 'Seed 003',
  engines: ['cdk', 'terraform'],
  defaultSize: 'dev',
  sizes: {
    dev: {
      title: 'Development',
      description:
        't3.medium nodes (1 to 3), one db.t3.medium, one cache.t3.small, one NAT gateway.',
      parameters: {
        nodeInstanceTypes: ['t3.medium'],
        nodeMinSize: 1,
        nodeDesiredSize: 2,
        nodeMaxSize: 3,
        containerInsights: false,
        dbInstanceClass: 'db.t3.medium',
        dbInstances: 1,
        dbBackupRetentionDays: 7,
        cacheNodeType: 'cache.t3.small',
        cacheShards: 1,
        cacheReplicas: 0,
        cacheSnapshotDays: 0,
        natGateways: 'one',
        logRetentionDays: 7,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 1 },
    },
    staging: {
      title: 'Staging',
      description:
        'm5.large nodes (2 to 4), two db.t3.medium, two cache.t3.small in one shard.',
      parameters: {
        nodeMinSize: 2,
        nodeDesiredSize: 2,
        nodeMaxSize: 4,
        dbInstanceClass: 'db.t3.medium',
        dbInstances: 2,
        dbBackupRetentionDays: 7,
        cacheNodeType: 'cache.t3.small',
        cacheShards: 1,
        natGateways: 'one',
        logRetentionDays: 30,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 2 },
    },
    prod: {
      title: 'Production',
      description:
        'm5.large nodes (2 to 6, 3 at the start), three db.r5.large in three zones, six cache.m5.large in three shards.',
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
  rules: nodeRules('node'),
  cidrPrefixLength: { minimum: 16, maximum: 20, default: 16 },
  outputs,
  fates: dataFates,
};
