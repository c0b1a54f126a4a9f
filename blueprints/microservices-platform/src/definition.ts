import { dataFates, nodeRules } from '@slipway/blueprint-constructs/parameters';
import type { Blueprint } from '@slipway/plugin-infra-scaffolder-common';
import { outputs } from './outputs';
import { parameters } from './parameters';

/**
 * The system of document 004 as a blueprint.
 *
 * @public
 */
export const microservicesPlatform: Blueprint = {
  id: 'microservices-platform',
  version: '1.0.0',
  title: 'Microservices platform',
  description:
    'Kubernetes on EKS, PostgreSQL on RDS and a load balancer in a network of three zones, with secrets, image registries, buckets and alarms. In size prod the database is protected against deletion and leaves a last snapshot: destroying lifts the protection first, as its plan says.',
  source: 'Seed 004',
  engines: ['cdk', 'terraform'],
  defaultSize: 'dev',
  sizes: {
    dev: {
      title: 'Development',
      description:
        'db.t3.micro with 20 GB in one zone, t3.medium nodes (1 to 3), one NAT gateway.',
      parameters: {
        nodeInstanceTypes: ['t3.medium'],
        nodeMinSize: 1,
        nodeDesiredSize: 2,
        nodeMaxSize: 3,
        containerInsights: false,
        dbInstanceClass: 'db.t3.micro',
        dbStorageGb: 20,
        dbMultiAz: false,
        natGateways: 'one',
        logRetentionDays: 7,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 1 },
    },
    small: {
      title: 'Small',
      description:
        'db.t3.small with 50 GB in one zone, t3.medium or t3.large nodes (1 to 6), one NAT gateway.',
      parameters: {
        nodeInstanceTypes: ['t3.medium', 't3.large'],
        nodeMinSize: 1,
        nodeDesiredSize: 2,
        nodeMaxSize: 6,
        dbInstanceClass: 'db.t3.small',
        dbStorageGb: 50,
        dbMultiAz: false,
        natGateways: 'one',
        logRetentionDays: 30,
      },
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 1 },
    },
    prod: {
      title: 'Production',
      description:
        'db.t3.small with 100 GB and a standby in another zone, t3.medium or t3.large nodes (1 to 20, 3 at the start), a NAT gateway in each zone.',
      parameters: {
        nodeInstanceTypes: ['t3.medium', 't3.large'],
        nodeMinSize: 1,
        nodeDesiredSize: 3,
        nodeMaxSize: 20,
        nodeCapacityType: 'ON_DEMAND',
        dbInstanceClass: 'db.t3.small',
        dbStorageGb: 100,
        dbMultiAz: true,
        dbBackupRetentionDays: 7,
        dbDeletionProtection: true,
        dbFinalSnapshot: true,
        natGateways: 'per-zone',
        logRetentionDays: 90,
        auditTrail: true,
      },
      takes: { vpcs: 1, elasticIps: 3, eksClusters: 1, dbInstances: 1 },
    },
  },
  parameters,
  rules: nodeRules('node'),
  cidrPrefixLength: { minimum: 16, maximum: 20, default: 16 },
  outputs,
  fates: dataFates,
};
