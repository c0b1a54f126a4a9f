import {
  capacityParameter,
  clusterParameters as shared,
  KUBERNETES_1_28,
  nodeCountParameters,
  nodeShapeParameters,
} from '@slipway/blueprint-constructs/parameters';
import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';
import { NODE_INSTANCE_TYPES } from '../versions';

/** Parameters of the cluster and its nodes; rows 004-06, 004-07, 004-23, 004-37. */
export const clusterParameters: Record<string, ParameterSchema> = {
  ...shared,
  kubernetesVersion: { ...shared.kubernetesVersion, document: KUBERNETES_1_28 },
  ...nodeShapeParameters({
    offered: NODE_INSTANCE_TYPES,
    instanceTypes: ['t3.medium', 't3.large'],
    volumeGb: 20,
    description:
      'In order of preference. Pods take addresses of the private subnets: 20 nodes of t3.xlarge can ask for 1,200, of 753.',
  }),
  ...capacityParameter,
  ...nodeCountParameters({ minimum: 1, desired: 3, maximum: 20, limit: 20 }),
};
