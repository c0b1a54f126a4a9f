import {
  auroraParameters,
  backupParameters,
  cacheParameters,
  capacityParameter,
  clusterParameters,
  nodeCountParameters,
  nodeShapeParameters,
  surroundingParameters,
} from '@slipway/blueprint-constructs/parameters';
import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';

/** The document's two first, then room to grow. */
const DATABASE_CLASSES = [
  'db.t3.medium',
  'db.r5.large',
  'db.r5.xlarge',
  'db.r6g.large',
];

/** Everything a person can choose; the defaults are production's. */
export const parameters: Record<string, ParameterSchema> = {
  ...clusterParameters,
  ...nodeShapeParameters({
    offered: ['t3.medium', 'm5.large', 'm5.xlarge'],
    instanceTypes: ['m5.large'],
    volumeGb: 50,
    description: 'In order of preference.',
  }),
  ...capacityParameter,
  ...nodeCountParameters({ minimum: 2, desired: 3, maximum: 6, limit: 20 }),
  dbInstanceClass: {
    type: 'string',
    title: 'Instance class',
    enum: DATABASE_CLASSES,
    default: 'db.r5.large',
    group: 'Database',
    message: `Choose one of ${DATABASE_CLASSES.join(', ')}.`,
  },
  ...auroraParameters({ instances: 3, backupDays: 35 }),
  ...cacheParameters({
    nodeTypes: ['cache.t3.small', 'cache.m5.large', 'cache.m5.xlarge'],
    nodeType: 'cache.m5.large',
    version: '7.1',
    shards: 3,
    replicas: 1,
  }),
  networkAcls: {
    type: 'boolean',
    title: 'Network ACL of database subnets',
    description:
      'Lets in connections from within the VPC to the ports of data only, whatever the security groups say.',
    default: true,
    group: 'Network',
    message: 'Switch it on or off.',
  },
  onlyCloudflare: {
    type: 'boolean',
    title: 'Cloudflare only',
    description:
      'The load balancer is reached from Cloudflare’s published addresses alone.',
    default: false,
    group: 'Entry',
    message: 'Switch it on or off.',
  },
  ...backupParameters,
  ...surroundingParameters,
  accessAnalyzer: {
    type: 'boolean',
    title: 'Access Analyzer',
    description:
      'IAM Access Analyzer tells what of the account can be reached from outside it. AWS allows one an account and region: switch it on in an environment that has the account to itself.',
    default: false,
    group: 'Operations',
    message: 'Switch it on or off.',
  },
};
