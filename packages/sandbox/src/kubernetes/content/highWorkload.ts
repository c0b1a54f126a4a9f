import type { SystemContent } from './types';

/** Seed 000: its one Deployment as written, and the ingress controller in front of it. */
export const highWorkload: SystemContent = {
  system: 'high-workload',
  team: 'platform',
  workloads: [
    {
      name: 'my-app',
      component: 'high-workload-app',
      image: 'my-app:latest',
      port: 8080,
      replicas: 3,
      standbyReplicas: 0,
      requests: { cpu: '250m', memory: '256Mi' },
      limits: { cpu: '500m', memory: '512Mi' },
      scaling: { minimum: 3, maximum: 12, cpuPercent: 70, memoryPercent: 80 },
      liveness: {
        path: '/healthz',
        initialDelaySeconds: 15,
        periodSeconds: 10,
      },
      readiness: { path: '/healthz', initialDelaySeconds: 5, periodSeconds: 5 },
      calledBy: ['high-workload-ingress'],
    },
    {
      name: 'ingress-nginx-controller',
      component: 'high-workload-ingress',
      image: 'registry.k8s.io/ingress-nginx/controller:v1.13.3',
      port: 8443,
      replicas: 2,
      standbyReplicas: 0,
      requests: { cpu: '100m', memory: '90Mi' },
      limits: { memory: '256Mi' },
      liveness: {
        path: '/healthz',
        initialDelaySeconds: 10,
        periodSeconds: 10,
      },
      readiness: {
        path: '/healthz',
        initialDelaySeconds: 10,
        periodSeconds: 10,
      },
    },
  ],
  cronJobs: [
    {
      name: 'backup-check',
      component: 'high-workload-app',
      image: 'my-app-tools:1.4.0',
      command: ['check-backups', '--bucket', 'high-workload-backups'],
      schedule: '*/30 * * * *',
      requests: { cpu: '50m', memory: '64Mi' },
    },
  ],
  jobs: [],
  settings: { LOG_LEVEL: 'info', CACHE_CONTROL: 'public, max-age=300' },
};
