import { dataFates, nodeRules } from '@slipway/blueprint-constructs/parameters';
import type { Blueprint } from '@slipway/plugin-infra-scaffolder-common';
import { outputs } from './outputs';
import { parameters } from './parameters';

/**
 * The system of document 001 as a blueprint.
 *
 * @public
 */
export const cloudNative: Blueprint = {
  id: 'cloud-native',
  version: '1.0.0',
  title: 'Cloud-native platform',
  description:
    'Kubernetes on on-demand and spot nodes, Aurora Serverless, Redis, queues and storage behind CloudFront and a web firewall, in one region or in two: create the primary, then a standby that follows it, then tell the primary of the standby.',
  source: 'Seed 001',
  engines: ['cdk', 'terraform'],
  defaultSize: 'dev',
  sizes: {
    dev: {
      title: 'Development',
      description:
        'One region, t3.medium nodes (1 on demand, 1 spot), Aurora up to 2 ACU, one cache.t4g.small, no CloudFront.',
      parameters: {
        nodeInstanceTypes: ['t3.medium'],
        nodeMinSize: 1,
        nodeDesiredSize: 1,
        nodeMaxSize: 3,
        spotInstanceTypes: ['t3.medium', 't3.large'],
        spotMinSize: 0,
        spotDesiredSize: 1,
        spotMaxSize: 2,
        containerInsights: false,
        dbInstances: 1,
        dbMaxCapacity: 2,
        dbBackupRetentionDays: 7,
        cacheNodeType: 'cache.t4g.small',
        cacheReplicas: 0,
        cacheSnapshotDays: 0,
        cdn: false,
        natGateways: 'one',
        logRetentionDays: 7,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 1 },
    },
    staging: {
      title: 'Staging',
      description:
        'One region, t3.large nodes (2 on demand, 1 spot), Aurora up to 4 ACU with one reader, two cache.t4g.medium.',
      parameters: {
        nodeMinSize: 2,
        nodeDesiredSize: 2,
        nodeMaxSize: 6,
        spotMinSize: 0,
        spotDesiredSize: 1,
        spotMaxSize: 4,
        dbMaxCapacity: 4,
        dbBackupRetentionDays: 7,
        cacheNodeType: 'cache.t4g.medium',
        cacheReplicas: 1,
        natGateways: 'one',
        logRetentionDays: 30,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 2 },
    },
    prod: {
      title: 'Production, primary region',
      description:
        't3.large nodes (3 on demand, 2 spot), Aurora from 0.5 to 16 ACU with a reader, three cache.r7g.large, CloudFront; ready for a second region.',
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
        'Follows a primary: one t3.large node, one Aurora instance and three cache.r7g.large that take its data; grows at failover.',
      parameters: {
        role: 'standby',
        nodeMinSize: 1,
        nodeDesiredSize: 1,
        spotMinSize: 0,
        spotDesiredSize: 0,
        dbInstances: 1,
        dbDeletionProtection: true,
        natGateways: 'one',
        logRetentionDays: 90,
        auditTrail: true,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 1 },
    },
  },
  parameters,
  rules: [
    ...nodeRules('node', 'spot'),
    {
      left: 'dbMinCapacity',
      right: 'dbMaxCapacity',
      message:
        'The least capacity is above the most; lower the one or raise the other.',
    },
  ],
  cidrPrefixLength: { minimum: 16, maximum: 20, default: 16 },
  outputs,
  fates: dataFates,
};
