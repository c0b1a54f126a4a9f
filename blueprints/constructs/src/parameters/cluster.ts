import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';
import { KUBERNETES_VERSIONS } from './versions';

const CLUSTER = 'Cluster';

/** What the form asks about a cluster. @public */
export const clusterParameters = {
  kubernetesVersion: {
    type: 'string',
    title: 'Kubernetes version',
    enum: KUBERNETES_VERSIONS,
    default: '1.36',
    group: CLUSTER,
    message: `Choose one of ${KUBERNETES_VERSIONS.join(', ')}.`,
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
} satisfies Record<string, ParameterSchema>;

/** Why the default is not the documents' Kubernetes 1.28. @public */
export const KUBERNETES_1_28 = {
  value: '1.28',
  reason:
    'EKS 1.28 left extended support on 2025-11-26 and can no longer be created. 1.33 and 1.34 have left or leave standard support in 2026, after which a cluster costs $365 a month more; 1.36 stays in it longest, until 2027-08-02.',
};
