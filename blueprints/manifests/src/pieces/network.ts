import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import { type KubernetesObject, manifest } from '../bundle';
import { APPLICATION } from '../facts';

/** A call within the application, or out of it. */
export interface Call {
  from: string;
  /** A workload, or what lies outside of the cluster: the database, the cache. */
  to: string;
  port: number;
  /** Outside of the cluster, by address. */
  cidr?: string;
}

const DNS = 53;
const HTTPS = 443;

const pods = (name: string) => ({
  matchLabels: { 'app.kubernetes.io/name': name },
});

const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

function policy(name: string, spec: KubernetesObject['spec']) {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: APPLICATION },
    spec,
  };
}

/**
 * Nothing talks to anything but what is listed. The add-on of the VPC network enforces it; where it does not yet, these
 * objects do nothing.
 *
 * @param options - `entry` is what the load balancer sends users to; `cidr` is of the environment's network: load balancer, database and cache are within it
 */
export function networkPolicies(options: {
  entry: { workload: string; port: number };
  cidr: string;
  calls: Call[];
  /** What all pods talk to in other namespaces. */
  platform: Array<{ namespace: string; port: number }>;
}): ManifestFile {
  const { entry, cidr, calls, platform } = options;
  return manifest(
    '05-cluster/network-policies.yaml',
    'Zero trust: nothing talks to anything in the application but what is listed here. Needs network policies switched on in the VPC CNI add-on.',
    [
      policy('nothing-unless-listed', {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
      }),
      policy('names-and-aws', {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            to: [inNamespace('kube-system')],
            ports: [
              { protocol: 'UDP', port: DNS },
              { protocol: 'TCP', port: DNS },
            ],
          },
          { ports: [{ protocol: 'TCP', port: HTTPS }] },
        ],
      }),
      policy('platform', {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [inNamespace('observability')] }],
        egress: platform.map(({ namespace, port }) => ({
          to: [inNamespace(namespace)],
          ports: [{ protocol: 'TCP', port }],
        })),
      }),
      policy('users-to-entry', {
        podSelector: pods(entry.workload),
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ ipBlock: { cidr } }],
            ports: [{ protocol: 'TCP', port: entry.port }],
          },
        ],
      }),
      ...calls.flatMap(call => callPolicies(call)),
    ],
  );
}

function callPolicies({ from, to, port, cidr }: Call): KubernetesObject[] {
  const ports = [{ protocol: 'TCP', port }];
  return [
    policy(`${from}-to-${to}`, {
      podSelector: pods(from),
      policyTypes: ['Egress'],
      egress: [
        {
          to: [cidr ? { ipBlock: { cidr } } : { podSelector: pods(to) }],
          ports,
        },
      ],
    }),
    ...(cidr
      ? []
      : [
          policy(`${to}-from-${from}`, {
            podSelector: pods(to),
            policyTypes: ['Ingress'],
            ingress: [{ from: [{ podSelector: pods(from) }], ports }],
          }),
        ]),
  ];
}
