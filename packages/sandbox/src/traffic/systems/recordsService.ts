import { GI_B, MACHINES } from './shapes';
import type { SystemSpec } from './types';

/** Document 002: billions of records, answers within 500 ms, records that come by Kafka; KPIs of the business. */
export const recordsService: SystemSpec = {
  name: 'records-service',
  homeRegion: 'us-east-1',
  demand: { ...MACHINES, requests: 900, usersPerRequest: 4 },
  components: [
    {
      name: 'records-service-records',
      http: {
        calls: 1,
        writes: 0.08,
        within: [
          0.002, 0.01, 0.08, 0.3, 0.52, 0.68, 0.86, 0.94, 0.975, 0.997, 0.9994,
          0.9999, 1, 1,
        ],
        serverErrors: 0.0003,
        clientErrors: 0.014,
      },
      pods: {
        minimum: 6,
        maximum: 40,
        standby: 2,
        cpu: 0.5,
        memory: 1 * GI_B,
        cpuPerCall: 0.006,
        targetUtilization: 0.65,
      },
      deploySeconds: 240,
    },
    {
      name: 'records-service-ingest',
      jobs: { perRequest: 2, seconds: 0.018, errors: 0.0001 },
      pods: {
        minimum: 3,
        maximum: 20,
        standby: 0,
        cpu: 0.5,
        memory: 1 * GI_B,
        cpuPerCall: 0.002,
        targetUtilization: 0.65,
      },
      deploySeconds: 200,
    },
  ],
  nodes: {
    minimum: 3,
    memory: 16 * GI_B,
    overheadVcpus: 0.67,
    memoryInUse: 0.71,
    pods: 20,
    bytesPerRequest: 22_000,
  },
  database: {
    connections: { idle: 0.12, loaded: 0.2 },
    readsPerRequest: 1.2,
    writesPerRequest: 2.1,
    querySeconds: 0.012,
    errors: 0.00002,
    cpu: 0.46,
  },
  cache: {
    hits: 0.955,
    operationsPerRequest: 4,
    operationSeconds: 0.0005,
    errors: 0.00003,
    memory: 26.32 * GI_B,
    memoryInUse: 0.69,
    clients: 300,
  },
  queue: {
    kind: 'kafka',
    name: 'records',
    consumer: 'records-service-ingest',
    messagesPerRequest: 2,
    waiting: 650,
    brokers: 3,
  },
  cdn: { requestsPerRequest: 2.4, hits: 0.58, bytesPerRequest: 9_000 },
  kpis: [
    { event: 'record-read', perRead: 1 },
    { event: 'record-corrected', perWrite: 1 },
    { event: 'record', stored: 6_200_000_000 },
  ],
  zoneFailoverSeconds: 9,
  podStartSeconds: 65,
  apiServerErrors: 0.0002,
  stories: {
    outage: {
      title: 'A zone without power',
      component: 'records-service-records',
      minutes: { least: 30, most: 50 },
      rampMinutes: 1,
      effect: { zoneIsDown: true, latency: 1.25, errors: 0.02 },
    },
    strain: {
      title: 'Consumers of Kafka stuck in a rebalance',
      component: 'records-service-ingest',
      minutes: { least: 20, most: 40 },
      rampMinutes: 1,
      effect: { consumersAreDown: true },
    },
    slowBurn: {
      title: 'An index that grew: reads slower from hour to hour',
      component: 'records-service-records',
      minutes: { least: 2200, most: 3400 },
      rampMinutes: 900,
      effect: { latency: 1.4, errors: 0.0006 },
    },
  },
};
