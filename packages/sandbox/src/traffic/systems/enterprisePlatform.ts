import { GI_B, MI_B, OFFICES } from './shapes';
import type { SystemSpec } from './types';

/**
 * Document 003, by its benchmarks: P99 below 150 ms, queries below 30 ms, cache hits above 98 %, deployments below
 * 3 minutes, scaling below 90 s; available to 99.95 % (application), 99.99 % (database), 99.92 % (cache), 99.97 %
 * (Kubernetes); from 2 to 1000 users.
 */
export const enterprisePlatform: SystemSpec = {
  name: 'enterprise-platform',
  homeRegion: 'us-east-1',
  demand: { ...OFFICES, requests: 52, usersPerRequest: 5.5 },
  components: [
    {
      name: 'enterprise-platform-frontend',
      http: {
        calls: 0.7,
        writes: 0,
        within: [
          0.05, 0.2, 0.6, 0.86, 0.95, 0.98, 0.9945, 0.998, 0.9992, 0.9997,
          0.9999, 1, 1, 1,
        ],
        serverErrors: 0.0003,
        clientErrors: 0.005,
      },
      pods: {
        minimum: 2,
        maximum: 10,
        standby: 0,
        cpu: 0.1,
        memory: 128 * MI_B,
        cpuPerCall: 0.003,
        targetUtilization: 0.8,
      },
      deploySeconds: 130,
    },
    {
      name: 'enterprise-platform-backend-api',
      http: {
        calls: 1,
        writes: 0.22,
        within: [
          0.01, 0.05, 0.33, 0.7, 0.88, 0.962, 0.9935, 0.9975, 0.999, 0.9996,
          0.9999, 1, 1, 1,
        ],
        serverErrors: 0.00035,
        clientErrors: 0.009,
      },
      pods: {
        minimum: 2,
        maximum: 10,
        standby: 0,
        cpu: 0.25,
        memory: 512 * MI_B,
        cpuPerCall: 0.009,
        targetUtilization: 0.8,
      },
      deploySeconds: 150,
    },
    {
      name: 'enterprise-platform-workers',
      jobs: { perRequest: 0.15, seconds: 1.4, errors: 0.0012 },
      pods: {
        minimum: 2,
        maximum: 10,
        standby: 0,
        cpu: 0.3,
        memory: 512 * MI_B,
        cpuPerCall: 0.04,
        targetUtilization: 0.8,
      },
      deploySeconds: 140,
    },
  ],
  nodes: {
    minimum: 2,
    memory: 8 * GI_B,
    overheadVcpus: 0.2,
    memoryInUse: 0.6,
    pods: 12,
    bytesPerRequest: 55_000,
  },
  database: {
    connections: { idle: 0.1, loaded: 0.12 },
    readsPerRequest: 3.2,
    writesPerRequest: 0.8,
    querySeconds: 0.026,
    errors: 0.00005,
    cpu: 0.22,
  },
  cache: {
    hits: 0.983,
    operationsPerRequest: 9,
    operationSeconds: 0.0003,
    errors: 0.0006,
    memory: 6.38 * GI_B,
    memoryInUse: 0.55,
    clients: 90,
  },
  pageLoad: {
    pagesPerRequest: 0.4,
    within: [0.3, 0.75, 0.93, 0.98, 0.995, 0.999, 1],
  },
  kpis: [{ event: 'payment', perWrite: 0.3, value: 210 }],
  zoneFailoverSeconds: 1.7,
  podStartSeconds: 70,
  apiServerErrors: 0.0003,
  stories: {
    outage: {
      title: 'Failover of Aurora',
      component: 'enterprise-platform-backend-api',
      minutes: { least: 1, most: 1 },
      rampMinutes: 0.25,
      effect: { databaseIsDown: true },
    },
    strain: {
      title: 'Failover of Redis',
      component: 'enterprise-platform-backend-api',
      minutes: { least: 2, most: 4 },
      rampMinutes: 0.3,
      effect: { cacheIsDown: true, latency: 1.3 },
    },
    slowBurn: {
      title: 'Connections that are never given back',
      component: 'enterprise-platform-backend-api',
      minutes: { least: 1000, most: 1500 },
      rampMinutes: 300,
      effect: { errors: 0.0025, connections: 2.2, latency: 1.1 },
    },
  },
};
