import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import type { ManifestInput } from '@slipway/plugin-infra-scaffolder-node';
import { helmValues, manifest } from '../bundle';
import { APPLICATION, isProduction, needed } from '../facts';

const EKS_CHARTS = 'https://aws.github.io/eks-charts';

const withRoleOf = (name: string, roleArn: string) => ({
  create: true,
  name,
  annotations: { 'eks.amazonaws.com/role-arn': roleArn },
});

/** What every cluster needs before pods can be reached, scaled and given secrets. */
export function controllers(input: ManifestInput): ManifestFile[] {
  const clusterName = needed(input, 'ClusterName');
  const { region } = input.environment;
  const replicas = isProduction(input) ? 2 : 1;
  return [
    helmValues(
      '10-controllers/metrics-server.yaml',
      'CPU and memory of pods and nodes, which autoscalers look at.',
      {
        name: 'metrics-server',
        chart: 'metrics-server',
        repository: 'https://kubernetes-sigs.github.io/metrics-server/',
        namespace: 'kube-system',
      },
      { replicas, priorityClassName: 'system-cluster-critical' },
    ),
    helmValues(
      '10-controllers/load-balancer-controller.yaml',
      'Registers pods behind the load balancer that the environment has.',
      {
        name: 'aws-load-balancer-controller',
        chart: 'aws-load-balancer-controller',
        repository: EKS_CHARTS,
        namespace: 'kube-system',
      },
      {
        clusterName,
        region,
        vpcId: needed(input, 'VpcId'),
        replicaCount: replicas,
        serviceAccount: withRoleOf(
          'aws-load-balancer-controller',
          needed(input, 'LoadBalancerControllerRoleArn'),
        ),
        // The environment made the balancer; what people make by Ingress is not its plan.
        createIngressClassResource: false,
      },
    ),
    helmValues(
      '10-controllers/cluster-autoscaler.yaml',
      'Makes and ends nodes within the bounds of the environment’s node groups.',
      {
        name: 'cluster-autoscaler',
        chart: 'cluster-autoscaler',
        repository: 'https://kubernetes.github.io/autoscaler',
        namespace: 'kube-system',
      },
      {
        cloudProvider: 'aws',
        awsRegion: region,
        autoDiscovery: { clusterName },
        priorityClassName: 'system-cluster-critical',
        rbac: {
          serviceAccount: withRoleOf(
            'cluster-autoscaler',
            needed(input, 'AutoscalerRoleArn'),
          ),
        },
        extraArgs: {
          'balance-similar-node-groups': true,
          'skip-nodes-with-system-pods': false,
        },
      },
    ),
    helmValues(
      '10-controllers/external-secrets.yaml',
      'Copies the environment’s secrets from Secrets Manager into Kubernetes.',
      {
        name: 'external-secrets',
        chart: 'external-secrets',
        repository: 'https://charts.external-secrets.io',
        namespace: 'external-secrets',
      },
      {
        replicaCount: replicas,
        serviceAccount: withRoleOf(
          'external-secrets',
          needed(input, 'ExternalSecretsRoleArn'),
        ),
      },
    ),
  ];
}

/** Outputs that are secrets of the application, and what they are called in Kubernetes. */
const SECRETS: Record<string, string> = {
  DatabaseSecretArn: 'database',
  CacheSecretArn: 'cache',
  TokenSecretArn: 'token',
};

/** The environment's secrets as the application reads them. */
export function secrets(input: ManifestInput): ManifestFile {
  const api = 'external-secrets.io/v1';
  const store = 'secrets-manager';
  return manifest(
    '20-secrets/secrets.yaml',
    'The environment’s secrets, read anew each hour, so that a rotated one arrives.',
    [
      {
        apiVersion: api,
        kind: 'ClusterSecretStore',
        metadata: { name: store },
        spec: {
          provider: {
            aws: {
              service: 'SecretsManager',
              region: input.environment.region,
            },
          },
        },
      },
      ...Object.entries(SECRETS).flatMap(([output, name]) =>
        input.outputs[output]
          ? [
              {
                apiVersion: api,
                kind: 'ExternalSecret',
                metadata: { name, namespace: APPLICATION },
                spec: {
                  refreshInterval: '1h',
                  secretStoreRef: { kind: 'ClusterSecretStore', name: store },
                  target: { name },
                  dataFrom: [{ extract: { key: input.outputs[output] } }],
                },
              },
            ]
          : [],
      ),
    ],
  );
}
