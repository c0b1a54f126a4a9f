import type { SystemContent } from './types';

const probes = {
  liveness: { path: '/health', initialDelaySeconds: 15, periodSeconds: 10 },
  readiness: { path: '/ready', initialDelaySeconds: 5, periodSeconds: 5 },
};

/** Seed 004: front end, gateway, back end and a Redis in the cluster, with the document's replicas and resources. */
export const microservicesPlatform: SystemContent = {
  system: 'microservices-platform',
  team: 'storefront',
  workloads: [
    {
      name: 'frontend',
      component: 'microservices-platform-frontend',
      image: 'microservices-platform/frontend:1.18.0',
      port: 8080,
      replicas: 3,
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { cpu: '200m', memory: '256Mi' },
      scaling: { minimum: 3, maximum: 10, cpuPercent: 70, memoryPercent: 80 },
      ...probes,
    },
    {
      name: 'api-gateway',
      component: 'microservices-platform-api-gateway',
      image: 'microservices-platform/api-gateway:1.18.2',
      port: 3000,
      replicas: 2,
      requests: { cpu: '250m', memory: '256Mi' },
      limits: { cpu: '500m', memory: '512Mi' },
      scaling: { minimum: 2, maximum: 15, cpuPercent: 70, memoryPercent: 80 },
      ...probes,
      calledBy: ['microservices-platform-frontend'],
    },
    {
      name: 'backend',
      component: 'microservices-platform-backend',
      image: 'microservices-platform/backend:1.18.4',
      port: 3000,
      replicas: 3,
      requests: { cpu: '250m', memory: '256Mi' },
      limits: { cpu: '500m', memory: '512Mi' },
      scaling: { minimum: 3, maximum: 20, cpuPercent: 70, memoryPercent: 80 },
      ...probes,
      role: 'arn:aws:iam::123456789012:role/microservices-platform-backend',
      calledBy: ['microservices-platform-api-gateway'],
    },
    {
      name: 'redis',
      component: 'microservices-platform-redis',
      image: 'redis:7.4-alpine',
      port: 6379,
      replicas: 1,
      requests: { cpu: '100m', memory: '256Mi' },
      limits: { memory: '512Mi' },
      volume: '8Gi',
      calledBy: ['microservices-platform-backend'],
    },
  ],
  cronJobs: [
    {
      name: 'cleanup',
      component: 'microservices-platform-backend',
      image: 'microservices-platform/backend:1.18.4',
      command: ['node', 'cleanup.js'],
      schedule: '5 * * * *',
      requests: { cpu: '50m', memory: '64Mi' },
    },
  ],
  jobs: [],
  settings: {
    LOG_LEVEL: 'info',
    REDIS_URL: 'redis://redis:6379',
    DATABASE_POOL_SIZE: '5',
  },
};
