import type { Blueprint } from '@slipway/plugin-infra-scaffolder-common';

/** Outputs of the stack, by the keys that CloudFormation shows. */
export const outputs: Blueprint['outputs'] = [
  {
    key: 'ApplicationUrl',
    title: 'Application',
    kind: 'url',
    description: 'Answers once the front end runs in the cluster.',
  },
  { key: 'LoadBalancerDns', title: 'Load balancer', kind: 'endpoint' },
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
  { key: 'DatabaseEndpoint', title: 'Database', kind: 'endpoint' },
  {
    key: 'DatabaseReaderEndpoint',
    title: 'Database for reading',
    kind: 'endpoint',
    description: 'The first read replica, or the database itself without one.',
  },
  { key: 'DatabasePort', title: 'Database port', kind: 'text' },
  { key: 'DatabaseName', title: 'Database name', kind: 'text' },
  {
    key: 'DatabaseSecretArn',
    title: 'Database credentials',
    kind: 'arn',
    description: 'In Secrets Manager: user, password, host, port and name.',
  },
  {
    key: 'TokenSecretArn',
    title: 'Key that signs API tokens',
    kind: 'arn',
  },
  { key: 'VpcId', title: 'VPC', kind: 'text' },
  { key: 'AssetsBucket', title: 'Bucket of front-end builds', kind: 'text' },
  { key: 'UploadsBucket', title: 'Bucket of uploads', kind: 'text' },
  {
    key: 'FrontendRepository',
    title: 'Images of the front end',
    kind: 'endpoint',
  },
  {
    key: 'ApiGatewayRepository',
    title: 'Images of the API gateway',
    kind: 'endpoint',
  },
  {
    key: 'BackendRepository',
    title: 'Images of the back end',
    kind: 'endpoint',
  },
  { key: 'FrontendRoleArn', title: 'Role of the front end', kind: 'arn' },
  { key: 'ApiGatewayRoleArn', title: 'Role of the API gateway', kind: 'arn' },
  { key: 'BackendRoleArn', title: 'Role of the back end', kind: 'arn' },
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
  {
    key: 'TargetGroupArn',
    title: 'Target group of the front end',
    kind: 'arn',
    description: 'For the TargetGroupBinding that registers the pods.',
  },
  { key: 'AlarmTopicArn', title: 'Alarms', kind: 'arn' },
];
