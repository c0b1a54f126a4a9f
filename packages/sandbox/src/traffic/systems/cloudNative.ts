import { CONSUMERS, GI_B, MI_B } from './shapes';
import type { SystemSpec } from './types';

/**
 * Document 001, by its table of performance: P95 85 ms, P99 150 ms, errors 0.05 %, availability 99.95 %, cache hits
 * 97 %, connections 65 %; 100,000 users and more at the same time, 99 % cache hits at the edge.
 */
export const cloudNative: SystemSpec = {
  name: 'cloud-native',
  homeRegion: 'us-east-1',
  demand: { ...CONSUMERS, requests: 640, usersPerRequest: 125 },
  components: [
    {
      name: 'cloud-native-gateway',
      http: {
        calls: 1,
        writes: 0.18,
        within: [
          0.005, 0.05, 0.38, 0.775, 0.925, 0.965, 0.988, 0.9948, 0.998, 0.9992,
          0.9998, 0.99998, 1, 1,
        ],
        serverErrors: 0.00047,
        clientErrors: 0.008,
      },
      pods: {
        minimum: 2,
        maximum: 8,
        standby: 1,
        cpu: 0.2,
        memory: 128 * MI_B,
        cpuPerCall: 0.001,
        targetUtilization: 0.65,
      },
      deploySeconds: 300,
    },
    {
      name: 'cloud-native-api',
      http: {
        calls: 1,
        writes: 0.18,
        within: [
          0.01, 0.06, 0.42, 0.8, 0.936, 0.971, 0.99, 0.9955, 0.9982, 0.9993,
          0.99985, 0.99998, 1, 1,
        ],
        serverErrors: 0.00045,
        clientErrors: 0.008,
      },
      pods: {
        minimum: 4,
        maximum: 24,
        standby: 2,
        cpu: 0.25,
        memory: 256 * MI_B,
        cpuPerCall: 0.0025,
        targetUtilization: 0.65,
      },
      deploySeconds: 420,
    },
    {
      name: 'cloud-native-microservices',
      http: {
        calls: 1.9,
        writes: 0.2,
        within: [
          0.03, 0.14, 0.6, 0.9, 0.97, 0.986, 0.995, 0.998, 0.9992, 0.9997,
          0.9999, 1, 1, 1,
        ],
        serverErrors: 0.0003,
        clientErrors: 0.004,
      },
      pods: {
        minimum: 4,
        maximum: 24,
        standby: 2,
        cpu: 0.25,
        memory: 256 * MI_B,
        cpuPerCall: 0.0013,
        targetUtilization: 0.65,
      },
      deploySeconds: 420,
    },
    {
      name: 'cloud-native-workers',
      jobs: { perRequest: 0.25, seconds: 0.35, errors: 0.0008 },
      pods: {
        minimum: 2,
        maximum: 10,
        standby: 1,
        cpu: 0.2,
        memory: 256 * MI_B,
        cpuPerCall: 0.0035,
        targetUtilization: 0.65,
      },
      deploySeconds: 240,
    },
  ],
  nodes: {
    minimum: 3,
    memory: 8 * GI_B,
    overheadVcpus: 0.18,
    memoryInUse: 0.66,
    pods: 14,
    bytesPerRequest: 18_000,
  },
  database: {
    connections: { idle: 0.5, loaded: 0.15 },
    readsPerRequest: 1.6,
    writesPerRequest: 0.25,
    querySeconds: 0.008,
    errors: 0.00002,
    cpu: 0.42,
    acu: 6.5,
  },
  cache: {
    hits: 0.97,
    operationsPerRequest: 6,
    operationSeconds: 0.0004,
    errors: 0.00002,
    memory: 13.07 * GI_B,
    memoryInUse: 0.58,
    clients: 420,
  },
  queue: {
    kind: 'sqs',
    name: 'cloud-native-work',
    consumer: 'cloud-native-workers',
    messagesPerRequest: 0.25,
    waiting: 90,
  },
  cdn: { requestsPerRequest: 30, hits: 0.99, bytesPerRequest: 26_000 },
  kpis: [
    { event: 'order', perWrite: 0.035, value: 64 },
    { event: 'sign-up', perWrite: 0.006 },
  ],
  zoneFailoverSeconds: 9,
  podStartSeconds: 75,
  apiServerErrors: 0.0002,
  stories: {
    outage: {
      title: 'Failover of Aurora: no writer',
      component: 'cloud-native-microservices',
      minutes: { least: 2, most: 4 },
      rampMinutes: 0.2,
      effect: { databaseIsDown: true },
    },
    strain: {
      title: 'Keys of Redis evicted by a campaign',
      component: 'cloud-native-api',
      minutes: { least: 90, most: 200 },
      rampMinutes: 25,
      effect: { cacheHits: 0.95, latency: 1.12 },
    },
    slowBurn: {
      title: 'A version that fails for one browser in fifty',
      component: 'cloud-native-api',
      minutes: { least: 1100, most: 1600 },
      rampMinutes: 90,
      effect: { errors: 0.0021 },
    },
  },
};
