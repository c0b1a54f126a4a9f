import type { SystemContent } from './types';

/** Seed 002: one service over billions of records, what feeds it, and the controllers its commands install. */
export const recordsService: SystemContent = {
  system: 'records-service',
  team: 'payments',
  workloads: [
    {
      name: 'records',
      component: 'records-service-records',
      image: 'records-service/records:7.2.1',
      port: 8080,
      replicas: 6,
      standbyReplicas: 0,
      requests: { cpu: '1', memory: '2Gi' },
      limits: { cpu: '2', memory: '3Gi' },
      liveness: { path: '/health', initialDelaySeconds: 30, periodSeconds: 10 },
      readiness: { path: '/ready', initialDelaySeconds: 10, periodSeconds: 5 },
      role: 'arn:aws:iam::123456789012:role/records-service-records',
    },
    {
      name: 'ingest',
      component: 'records-service-ingest',
      image: 'records-service/ingest:7.2.1',
      replicas: 3,
      standbyReplicas: 0,
      requests: { cpu: '500m', memory: '1Gi' },
      limits: { cpu: '1', memory: '2Gi' },
      role: 'arn:aws:iam::123456789012:role/records-service-ingest',
      env: { KAFKA_TOPIC: 'records.v1', KAFKA_GROUP: 'ingest' },
    },
    {
      name: 'aws-load-balancer-controller',
      component: 'records-service-records',
      image: 'public.ecr.aws/eks/aws-load-balancer-controller:v2.14.1',
      port: 9443,
      replicas: 2,
      requests: { cpu: '100m', memory: '200Mi' },
      limits: { memory: '400Mi' },
      role: 'arn:aws:iam::123456789012:role/records-service-load-balancer-controller',
    },
  ],
  cronJobs: [
    {
      name: 'archive-old-records',
      component: 'records-service-records',
      image: 'records-service/tools:7.2.1',
      command: ['archive', '--older-than', '400d', '--to', 'company-archives'],
      schedule: '30 3 * * *',
      requests: { cpu: '500m', memory: '512Mi' },
    },
  ],
  jobs: [
    {
      // Asks for more memory than a c5.2xlarge (16 GiB) has, so that no node can take it.
      name: 'rebuild-index-2026-11',
      component: 'records-service-records',
      image: 'records-service/tools:7.2.1',
      command: ['rebuild-index', '--partition', '2026-11'],
      requests: { cpu: '4', memory: '24Gi' },
    },
  ],
  settings: {
    LOG_LEVEL: 'info',
    QUERY_TIMEOUT_MS: '500',
    DATABASE_POOL_SIZE: '20',
  },
};
