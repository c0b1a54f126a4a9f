import { dataFates, nodeRules } from '@slipway/blueprint-constructs/parameters';
import type { Blueprint } from '@slipway/plugin-infra-scaffolder-common';
import { outputs } from './outputs';
import { parameters } from './parameters';

/**
 * The system of document 000 as a blueprint.
 *
 * @public
 */
export const highWorkload: Blueprint = {
  id: 'high-workload',
  version: '1.0.0',
  title: 'High-workload system',
  description:
    'Kubernetes, PostgreSQL with read replicas, a DynamoDB table and a bastion behind CloudFront and a web firewall, in one region or with a second one that takes over by DNS: create the primary, then a standby, then tell the primary of it.',
  source: 'Seed 000',
  engines: ['cdk', 'terraform'],
  defaultSize: 'dev',
  sizes: {
    dev: {
      title: 'Development',
      description:
        't3.medium nodes (1 to 3), db.t3.small with 20 GB in one zone, no CloudFront.',
      parameters: {
        nodeInstanceTypes: ['t3.medium'],
        nodeMinSize: 1,
        nodeDesiredSize: 2,
        nodeMaxSize: 3,
        containerInsights: false,
        dbInstanceClass: 'db.t3.small',
        dbStorageGb: 20,
        dbMultiAz: false,
        dbBackupRetentionDays: 7,
        dbReadReplicas: 0,
        dbMaxConnections: 100,
        cdn: false,
        natGateways: 'one',
        logRetentionDays: 7,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 1 },
    },
    staging: {
      title: 'Staging',
      description:
        'm5.large nodes (2 to 4), db.m5.large with 50 GB in one zone and no replica.',
      parameters: {
        nodeMinSize: 2,
        nodeDesiredSize: 2,
        nodeMaxSize: 4,
        dbStorageGb: 50,
        dbMultiAz: false,
        dbBackupRetentionDays: 7,
        dbReadReplicas: 0,
        natGateways: 'one',
        logRetentionDays: 30,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 1 },
    },
    prod: {
      title: 'Production, primary region',
      description:
        'm5.large nodes (3 to 12), db.m5.large with 200 GB, a standby in another zone and a replica; ready for a second region.',
      parameters: {
        role: 'primary',
        dbDeletionProtection: true,
        dbFinalSnapshot: true,
        natGateways: 'per-zone',
        logRetentionDays: 90,
        auditTrail: true,
      },
      takes: { vpcs: 1, elasticIps: 3, eksClusters: 1, dbInstances: 2 },
    },
    standby: {
      title: 'Production, second region',
      description:
        'Follows a primary: one m5.large node and a replica of its database; grows at failover.',
      parameters: {
        role: 'standby',
        nodeMinSize: 1,
        nodeDesiredSize: 1,
        bastion: false,
        natGateways: 'one',
        logRetentionDays: 90,
        auditTrail: true,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 1 },
    },
  },
  parameters,
  rules: nodeRules('node'),
  cidrPrefixLength: { minimum: 16, maximum: 20, default: 16 },
  outputs,
  fates: dataFates,
};
