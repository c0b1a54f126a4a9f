import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';
import { KUBERNETES_VERSIONS, NODE_INSTANCE_TYPES } from '../versions';

const CLUSTER = 'Cluster';
const NODES = 'Nodes';

/** Parameters of the cluster and its nodes; rows 004-06, 004-07, 004-23, 004-37. */
export const clusterParameters = {
  kubernetesVersion: {
    type: 'string',
    title: 'Kubernetes version',
    enum: KUBERNETES_VERSIONS,
    default: '1.33',
    group: CLUSTER,
    message: `Choose one of ${KUBERNETES_VERSIONS.join(', ')}.`,
    document: {
      value: '1.28',
      reason:
        'EKS 1.28 left extended support on 2025-11-26 and can no longer be created. 1.31 ends on 2026-11-26 and 1.32 on 2027-03-23; 1.33 is the nearest that a new environment can keep, until 2027-07-29.',
    },
  },
  apiPublicAccessCidrs: {
    type: 'array',
    title: 'Public access to the Kubernetes API',
    description:
      'Address ranges, e.g. 203.0.113.0/24, that reach the Kubernetes API over the internet. None: it is reached from within the VPC only.',
    items: {
      type: 'string',
      pattern:
        '^((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)/(3[0-2]|[12]?\\d)$',
    },
    maxItems: 40,
    uniqueItems: true,
    default: [],
    group: CLUSTER,
    message: 'Give each range once, like 203.0.113.0/24; at most 40.',
    advanced: true,
  },
  containerInsights: {
    type: 'boolean',
    title: 'Node and pod metrics in CloudWatch',
    description:
      'Installs the CloudWatch agent and the alarms on CPU, memory and number of nodes. AWS charges by the metric.',
    default: true,
    group: CLUSTER,
    message: 'Switch it on or off.',
  },
  nodeInstanceTypes: {
    type: 'array',
    title: 'Instance types',
    description:
      'In order of preference. Pods take addresses of the private subnets: 20 nodes of t3.xlarge can ask for 1,200, of 753.',
    items: { type: 'string', enum: NODE_INSTANCE_TYPES },
    minItems: 1,
    maxItems: 3,
    uniqueItems: true,
    default: ['t3.medium', 't3.large'],
    group: NODES,
    message: `Choose at least one of ${NODE_INSTANCE_TYPES.join(', ')}.`,
  },
  nodeCapacityType: {
    type: 'string',
    title: 'Capacity',
    description:
      'SPOT is cheaper and may be taken back at two minutes’ notice; for workloads that are not critical.',
    enum: ['ON_DEMAND', 'SPOT'],
    default: 'ON_DEMAND',
    group: NODES,
    message: 'Choose ON_DEMAND or SPOT.',
  },
  nodeMinSize: {
    type: 'integer',
    title: 'Fewest nodes',
    minimum: 1,
    maximum: 20,
    default: 1,
    group: NODES,
    unit: 'nodes',
    message: 'Choose 1 to 20, not above the desired number.',
  },
  nodeDesiredSize: {
    type: 'integer',
    title: 'Nodes at the start',
    description:
      'The cluster autoscaler moves it between the fewest and the most. One in each of three zones is 3.',
    minimum: 1,
    maximum: 20,
    default: 3,
    group: NODES,
    unit: 'nodes',
    message: 'Choose 1 to 20, between the fewest and the most.',
  },
  nodeMaxSize: {
    type: 'integer',
    title: 'Most nodes',
    minimum: 1,
    maximum: 20,
    default: 20,
    group: NODES,
    unit: 'nodes',
    message: 'Choose 1 to 20, not below the desired number.',
  },
  nodeVolumeGb: {
    type: 'integer',
    title: 'Volume of a node',
    minimum: 20,
    maximum: 500,
    default: 20,
    group: NODES,
    unit: 'GB',
    message: 'Choose 20 to 500 GB.',
    advanced: true,
  },
} satisfies Record<string, ParameterSchema>;
