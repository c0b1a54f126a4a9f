import { writeFileSync } from 'node:fs';
import type { ClusterRole } from '../content/types';
import { CLUSTER_REGIONS } from '../content/types';
import type { Credentials } from './credentials';

type Urls = Record<ClusterRole, string>;

const ROLES: readonly ClusterRole[] = ['primary', 'standby'];

/**
 * What programs need to know: address, authority and token of the portal's account and of the one that failover steps
 * act as, a kubeconfig for people, and the portal's own configuration, which names no cluster otherwise.
 */
export function kubernetesEnvironment(
  urls: Urls,
  credentials: Credentials,
  kubeconfigFile: string,
): Record<string, string> {
  const { certificate, tokens } = credentials;
  const caData = Buffer.from(certificate).toString('base64');
  const env: Record<string, string> = { KUBECONFIG: kubeconfigFile };
  for (const role of ROLES) {
    const prefix = `K8S_${role.toUpperCase()}`;
    env[`${prefix}_URL`] = urls[role];
    env[`${prefix}_CA_DATA`] = caData;
    env[`${prefix}_TOKEN`] = tokens.portal;
    env[`${prefix}_OPERATOR_TOKEN`] = tokens.operator;
  }
  env.APP_CONFIG_kubernetes_clusterLocatorMethods = JSON.stringify([
    {
      type: 'config',
      clusters: ROLES.map(role => ({
        name: role,
        title: `${role === 'primary' ? 'Primary' : 'Standby'} (${
          CLUSTER_REGIONS[role]
        })`,
        url: urls[role],
        caData,
        authProvider: 'serviceAccount',
        serviceAccountToken: tokens.portal,
      })),
    },
  ]);
  return env;
}

/** Writes the kubeconfig of the person whose machine it is: contexts `primary` and `standby`. JSON is YAML. */
export function writeKubeconfig(
  file: string,
  urls: Urls,
  { certificate, tokens }: Credentials,
): void {
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'primary',
    clusters: ROLES.map(name => ({
      name,
      cluster: {
        server: urls[name],
        'certificate-authority-data':
          Buffer.from(certificate).toString('base64'),
      },
    })),
    users: [{ name: 'admin', user: { token: tokens.admin } }],
    contexts: ROLES.map(name => ({
      name,
      context: { cluster: name, user: 'admin' },
    })),
  };
  writeFileSync(file, `${JSON.stringify(kubeconfig, undefined, 2)}\n`, {
    mode: 0o600,
  });
}
