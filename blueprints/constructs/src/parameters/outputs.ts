import type { Blueprint } from '@slipway/plugin-infra-scaffolder-common';

type Outputs = Blueprint['outputs'];

/** Of every environment: how to reach it. @public */
export const entryOutputs: Outputs = [
  {
    key: 'ApplicationUrl',
    title: 'Application',
    kind: 'url',
    description: 'Answers once pods run behind the load balancer.',
  },
  { key: 'LoadBalancerDns', title: 'Load balancer', kind: 'endpoint' },
  {
    key: 'TargetGroupArn',
    title: 'Target group',
    kind: 'arn',
    description: 'For the TargetGroupBinding that registers the pods.',
  },
];

/** Of every environment: its cluster and who operates it. @public */
export const clusterOutputs: Outputs = [
  {
    key: 'KubeconfigCommand',
    title: 'Connect kubectl',
    kind: 'command',
    description:
      'Adds the cluster to your kubeconfig as the administrator role; asks for a second factor.',
  },
  { key: 'ClusterName', title: 'Cluster', kind: 'text' },
  { key: 'ClusterEndpoint', title: 'Kubernetes API', kind: 'endpoint' },
  {
    key: 'ClusterOidcIssuer',
    title: 'Issuer of service account tokens',
    kind: 'url',
  },
  { key: 'ClusterAdminRoleArn', title: 'Administrator role', kind: 'arn' },
  {
    key: 'AutoscalerRoleArn',
    title: 'Role of the cluster autoscaler',
    kind: 'arn',
  },
  {
    key: 'LoadBalancerControllerRoleArn',
    title: 'Role of the load balancer controller',
    kind: 'arn',
  },
  {
    key: 'ExternalSecretsRoleArn',
    title: 'Role of external-secrets',
    kind: 'arn',
  },
  { key: 'VpcId', title: 'VPC', kind: 'text' },
  { key: 'AlarmTopicArn', title: 'Alarms', kind: 'arn' },
];

/** Of a relational database. @public */
export const databaseOutputs: Outputs = [
  { key: 'DatabaseEndpoint', title: 'Database', kind: 'endpoint' },
  {
    key: 'DatabaseReaderEndpoint',
    title: 'Database for reading',
    kind: 'endpoint',
  },
  { key: 'DatabasePort', title: 'Database port', kind: 'text' },
  { key: 'DatabaseName', title: 'Database name', kind: 'text' },
  {
    key: 'DatabaseSecretArn',
    title: 'Database credentials',
    kind: 'arn',
    description: 'In Secrets Manager.',
  },
];

/** Of a Redis cache. @public */
export const cacheOutputs: Outputs = [
  { key: 'CacheEndpoint', title: 'Cache', kind: 'endpoint' },
  { key: 'CacheSecretArn', title: 'AUTH token of the cache', kind: 'arn' },
];
