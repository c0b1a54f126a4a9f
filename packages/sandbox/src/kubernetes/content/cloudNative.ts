import type { SystemContent, Workload } from './types';

const roleOf = (name: string) =>
  `arn:aws:iam::123456789012:role/cloud-native-${name}`;

/** Nine in ten requests meet the stable release, one in ten the canary: the document's 10 %. */
const api: Workload = {
  name: 'api',
  component: 'cloud-native-api',
  image: 'cloud-native/api:3.8.2',
  port: 8080,
  replicas: 9,
  standbyReplicas: 1,
  requests: { cpu: '250m', memory: '256Mi' },
  limits: { cpu: '1', memory: '512Mi' },
  scaling: { minimum: 6, maximum: 30, cpuPercent: 65, memoryPercent: 80 },
  liveness: { path: '/livez', initialDelaySeconds: 15, periodSeconds: 10 },
  readiness: { path: '/readyz', initialDelaySeconds: 5, periodSeconds: 5 },
  role: roleOf('api'),
  calledBy: ['cloud-native-gateway'],
};

/** Seed 001: an Istio gateway, API services, microservices and workers, with a warm second region. */
export const cloudNative: SystemContent = {
  system: 'cloud-native',
  team: 'storefront',
  workloads: [
    api,
    {
      ...api,
      name: 'api-canary',
      image: 'cloud-native/api:3.9.0-rc.1',
      replicas: 1,
      standbyReplicas: undefined,
      scaling: undefined,
      trouble: {
        exitCode: 1,
        message:
          'fatal: migration 0142_order_tags has not been applied to the database',
      },
    },
    {
      name: 'istio-ingressgateway',
      component: 'cloud-native-gateway',
      image: 'docker.io/istio/proxyv2:1.27.3',
      port: 8443,
      replicas: 3,
      standbyReplicas: 1,
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { cpu: '2', memory: '1Gi' },
      scaling: { minimum: 2, maximum: 5, cpuPercent: 80 },
      liveness: {
        path: '/healthz/ready',
        initialDelaySeconds: 10,
        periodSeconds: 10,
      },
      readiness: {
        path: '/healthz/ready',
        initialDelaySeconds: 1,
        periodSeconds: 5,
      },
    },
    {
      name: 'microservices',
      component: 'cloud-native-microservices',
      image: 'cloud-native/microservices:5.1.0',
      port: 8080,
      replicas: 6,
      standbyReplicas: 1,
      requests: { cpu: '250m', memory: '384Mi' },
      limits: { cpu: '1', memory: '768Mi' },
      scaling: { minimum: 3, maximum: 20, cpuPercent: 65, memoryPercent: 80 },
      liveness: { path: '/livez', initialDelaySeconds: 20, periodSeconds: 10 },
      readiness: { path: '/readyz', initialDelaySeconds: 5, periodSeconds: 5 },
      role: roleOf('microservices'),
      calledBy: ['cloud-native-api'],
    },
    {
      name: 'workers',
      component: 'cloud-native-workers',
      image: 'cloud-native/workers:2.4.0',
      replicas: 4,
      standbyReplicas: 1,
      requests: { cpu: '200m', memory: '256Mi' },
      limits: { cpu: '500m', memory: '512Mi' },
      scaling: { minimum: 2, maximum: 12, cpuPercent: 70 },
      role: roleOf('workers'),
    },
  ],
  cronJobs: [
    {
      name: 'velero-backup',
      component: 'cloud-native-microservices',
      image: 'velero/velero:v1.17.0',
      command: ['velero', 'backup', 'create', '--from-schedule', 'daily'],
      schedule: '15 2 * * *',
      requests: { cpu: '100m', memory: '128Mi' },
    },
    {
      name: 'replication-canary',
      component: 'cloud-native-workers',
      image: 'cloud-native/workers:2.4.0',
      command: ['workers', 'write-canary'],
      schedule: '*/15 * * * *',
      requests: { cpu: '50m', memory: '64Mi' },
      onStandby: true,
    },
  ],
  jobs: [],
  settings: {
    LOG_LEVEL: 'info',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger-collector.tracing:4317',
    FEATURE_CANARY_SHARE: '0.1',
  },
};
