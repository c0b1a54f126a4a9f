import type { EnvironmentManifests } from '@slipway/plugin-infra-scaffolder-common';

/** Two files of manifests, and values of a chart. */
export function sampleManifests(): EnvironmentManifests {
  return {
    files: [
      {
        path: '00-cluster/namespaces.yaml',
        about:
          'Namespaces, each with the pod security standard that its pods are held to.',
        kind: 'manifest',
        content:
          'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: application\n',
        command: 'kubectl apply --server-side -f 00-cluster/namespaces.yaml',
      },
      {
        path: '10-controllers/cluster-autoscaler.yaml',
        about:
          'Makes and ends nodes within the bounds of the environment’s node groups.',
        kind: 'values',
        content: 'cloudProvider: aws\nawsRegion: us-east-1\n',
        command:
          'helm upgrade --install cluster-autoscaler cluster-autoscaler --repo https://kubernetes.github.io/autoscaler --namespace kube-system --values 10-controllers/cluster-autoscaler.yaml',
      },
      {
        path: '30-application/frontend.yaml',
        about: 'Front end. Put the tag of your image in first.',
        kind: 'manifest',
        content:
          'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: frontend\n',
        command: 'kubectl apply --server-side -f 30-application/frontend.yaml',
      },
    ],
  };
}
