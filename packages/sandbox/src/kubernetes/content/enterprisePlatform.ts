import type { HttpProbe, Scaling, SystemContent } from './types';

// The document's own numbers, the same for all its services.
const liveness: HttpProbe = {
  path: '/health',
  initialDelaySeconds: 30,
  periodSeconds: 10,
};
const readiness: HttpProbe = {
  path: '/ready',
  initialDelaySeconds: 5,
  periodSeconds: 5,
};
const scaling: Scaling = { minimum: 2, maximum: 10, cpuPercent: 80 };
const roleOf = (name: string) =>
  `arn:aws:iam::123456789012:role/enterprise-platform-${name}`;

/** Seed 003: front end, back-end API and workers, 2 to 10 of each. */
export const enterprisePlatform: SystemContent = {
  system: 'enterprise-platform',
  team: 'payments',
  workloads: [
    {
      name: 'frontend',
      component: 'enterprise-platform-frontend',
      image: 'enterprise-platform/frontend:4.2.0',
      port: 8080,
      replicas: 3,
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { cpu: '300m', memory: '256Mi' },
      scaling,
      liveness,
      readiness,
      role: roleOf('frontend'),
    },
    {
      name: 'backend-api',
      component: 'enterprise-platform-backend-api',
      image: 'enterprise-platform/backend-api:4.2.3',
      port: 8080,
      replicas: 3,
      requests: { cpu: '250m', memory: '384Mi' },
      limits: { cpu: '1', memory: '768Mi' },
      scaling,
      liveness,
      readiness,
      role: roleOf('backend-api'),
      calledBy: ['enterprise-platform-frontend'],
    },
    {
      name: 'workers',
      component: 'enterprise-platform-workers',
      image: 'enterprise-platform/workers:4.2.3',
      port: 8080,
      replicas: 2,
      requests: { cpu: '200m', memory: '256Mi' },
      limits: { cpu: '500m', memory: '512Mi' },
      scaling,
      liveness,
      readiness,
      role: roleOf('workers'),
      calledBy: [],
    },
  ],
  cronJobs: [
    {
      name: 'smoke-test',
      component: 'enterprise-platform-backend-api',
      image: 'enterprise-platform/smoke-test:1.9.0',
      command: ['smoke-test', '--target', 'http://backend-api:8080'],
      schedule: '*/10 * * * *',
      requests: { cpu: '50m', memory: '64Mi' },
    },
  ],
  jobs: [],
  settings: { LOG_LEVEL: 'info', SESSION_TTL_SECONDS: '1800' },
  quota: { cpu: '12', memory: '16Gi', pods: 60 },
};
