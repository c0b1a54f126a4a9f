import path from 'node:path';
import type { ClusterRole } from '../content/types';

/** Of nodes: whether their kubelet runs; kwok leaves the others alone, so that Kubernetes misses them. */
export const KUBELET_LABEL = 'slipway.dev/kubelet';
export const KUBELET_RUNS = 'running';
export const KUBELET_IS_SILENT = 'silent';

/** Files and ports of one control plane. */
export interface ControlPlaneLayout {
  role: ClusterRole;
  /** Holds the files named below. */
  dir: string;
  etcdUrl: string;
  apiPort: number;
  /** Where kwok answers as the kubelet of all nodes. */
  kubeletPort: number;
  /** How long a node may be silent before it counts as lost. */
  nodeGraceSeconds: number;
}

/** Names of the files in {@link ControlPlaneLayout.dir}. */
export const FILES = {
  certificate: 'server.crt',
  privateKey: 'server.key',
  serviceAccountKey: 'service-accounts.key',
  serviceAccountPublicKey: 'service-accounts.pub',
  tokens: 'tokens.csv',
  kubeconfig: 'control-plane.kubeconfig',
  kwok: 'kwok.yaml',
} as const;

/** What an EKS cluster takes for its services unless told. */
const SERVICE_CIDRS: Record<ClusterRole, string> = {
  primary: '172.20.0.0/16',
  standby: '172.20.0.0/16',
};

/** API groups that nothing here uses; each costs memory for its caches and descriptions. */
const UNUSED_APIS = [
  'certificates.k8s.io/v1',
  'flowcontrol.apiserver.k8s.io/v1',
  'internal.apiserver.k8s.io/v1alpha1',
  'node.k8s.io/v1',
  'storagemigration.k8s.io/v1beta1',
];

/** Checks of objects that those API groups hold. */
const UNUSED_CHECKS = [
  'CertificateApproval',
  'CertificateSigning',
  'CertificateSubjectRestriction',
  'RuntimeClass',
];

/** Those of the controller manager's loops that the seed systems need. */
const CONTROLLERS = [
  'cronjob-controller',
  'daemonset-controller',
  'deployment-controller',
  'disruption-controller',
  'endpointslice-controller',
  'garbage-collector-controller',
  'horizontal-pod-autoscaler-controller',
  'job-controller',
  'namespace-controller',
  'node-lifecycle-controller',
  'persistentvolume-binder-controller',
  'pod-garbage-collector-controller',
  'replicaset-controller',
  'resourcequota-controller',
  'serviceaccount-controller',
  'statefulset-controller',
  'taint-eviction-controller',
];

/** etcd, one for both control planes: it keeps no region's secrets, only a laptop's. */
export function etcdArguments(
  dataDir: string,
  clientUrl: string,
  peerUrl: string,
): string[] {
  return [
    '--name=sandbox',
    `--data-dir=${dataDir}`,
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=sandbox=${peerUrl}`,
    '--log-level=warn',
    // It would let any page in the person's browser read and write everything.
    '--enable-grpc-gateway=false',
    // Safe against the death of any process; only a machine that loses power could lose the last seconds.
    '--unsafe-no-fsync',
    '--snapshot-count=5000',
    '--auto-compaction-mode=periodic',
    '--auto-compaction-retention=10m',
  ];
}

/** The API server. */
export function apiServerArguments(layout: ControlPlaneLayout): string[] {
  const file = (name: keyof typeof FILES) => path.join(layout.dir, FILES[name]);
  return [
    `--etcd-servers=${layout.etcdUrl}`,
    `--etcd-prefix=/${layout.role}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${layout.apiPort}`,
    `--tls-cert-file=${file('certificate')}`,
    `--tls-private-key-file=${file('privateKey')}`,
    `--token-auth-file=${file('tokens')}`,
    '--anonymous-auth=false',
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${file('serviceAccountPublicKey')}`,
    `--service-account-signing-key-file=${file('serviceAccountKey')}`,
    `--service-cluster-ip-range=${SERVICE_CIDRS[layout.role]}`,
    '--endpoint-reconciler-type=none',
    // Nodes are reached where kwok answers for all of them, not at the addresses they show.
    '--kubelet-preferred-address-types=ExternalDNS',
    '--event-ttl=1h',
    '--profiling=false',
    '--enable-priority-and-fairness=false',
    `--disable-admission-plugins=${UNUSED_CHECKS.join(',')}`,
    `--runtime-config=${UNUSED_APIS.map(api => `${api}=false`).join(',')}`,
  ];
}

/** The controller manager. */
export function controllerManagerArguments(
  layout: ControlPlaneLayout,
): string[] {
  const file = (name: keyof typeof FILES) => path.join(layout.dir, FILES[name]);
  return [
    `--kubeconfig=${file('kubeconfig')}`,
    `--service-account-private-key-file=${file('serviceAccountKey')}`,
    `--controllers=${CONTROLLERS.join(',')}`,
    `--node-monitor-grace-period=${layout.nodeGraceSeconds}s`,
    '--horizontal-pod-autoscaler-sync-period=15s',
    '--leader-elect=false',
    '--secure-port=0',
    '--profiling=false',
  ];
}

/** The scheduler. */
export function schedulerArguments(layout: ControlPlaneLayout): string[] {
  return [
    `--kubeconfig=${path.join(layout.dir, FILES.kubeconfig)}`,
    '--leader-elect=false',
    '--secure-port=0',
    '--profiling=false',
  ];
}

/** kwok, which plays the kubelets of the nodes that {@link KUBELET_LABEL} says run. */
export function kwokArguments(layout: ControlPlaneLayout): string[] {
  const file = (name: keyof typeof FILES) => path.join(layout.dir, FILES[name]);
  return [
    `--kubeconfig=${file('kubeconfig')}`,
    `--config=${file('kwok')}`,
    `--manage-nodes-with-label-selector=${KUBELET_LABEL}=${KUBELET_RUNS}`,
    // Kubelets renew a lease four times before it ends, and so at least five times before they count as lost.
    `--node-lease-duration-seconds=${Math.floor(
      0.8 * layout.nodeGraceSeconds,
    )}`,
    '--v=WARN',
    '--node-ip=127.0.0.1',
    `--node-port=${layout.kubeletPort}`,
    `--server-address=127.0.0.1:${layout.kubeletPort}`,
    `--tls-cert-file=${file('certificate')}`,
    `--tls-private-key-file=${file('privateKey')}`,
  ];
}
