import { CONSUMERS, GI_B, MI_B } from './shapes';
import type { SystemSpec } from './types';

/** Document 000. It has no figures of its own; these are ours, of a system that does what it should. */
export const highWorkload: SystemSpec = {
  name: 'high-workload',
  homeRegion: 'us-east-1',
  demand: { ...CONSUMERS, requests: 38, usersPerRequest: 20 },
  components: [
    {
      name: 'high-workload-ingress',
      http: {
        calls: 1,
        writes: 0.12,
        within: [
          0.003, 0.025, 0.18, 0.47, 0.7, 0.84, 0.93, 0.962, 0.984, 0.995, 0.999,
          0.9999, 1, 1,
        ],
        serverErrors: 0.0007,
        clientErrors: 0.011,
      },
      pods: {
        minimum: 2,
        maximum: 6,
        standby: 1,
        cpu: 0.1,
        memory: 128 * MI_B,
        cpuPerCall: 0.002,
        targetUtilization: 0.7,
      },
      deploySeconds: 150,
    },
    {
      name: 'high-workload-app',
      http: {
        calls: 1,
        writes: 0.12,
        within: [
          0.004, 0.03, 0.2, 0.5, 0.72, 0.85, 0.935, 0.965, 0.985, 0.9955, 0.999,
          0.9999, 1, 1,
        ],
        serverErrors: 0.0006,
        clientErrors: 0.011,
      },
      pods: {
        minimum: 3,
        maximum: 12,
        standby: 1,
        cpu: 0.25,
        memory: 256 * MI_B,
        cpuPerCall: 0.01,
        targetUtilization: 0.7,
      },
      deploySeconds: 260,
    },
  ],
  nodes: {
    minimum: 3,
    memory: 8 * GI_B,
    overheadVcpus: 0.53,
    memoryInUse: 0.52,
    pods: 12,
    bytesPerRequest: 90_000,
  },
  database: {
    connections: { idle: 0.1, loaded: 0.14 },
    readsPerRequest: 3,
    writesPerRequest: 0.3,
    querySeconds: 0.009,
    errors: 0.00003,
    cpu: 0.3,
  },
  cdn: { requestsPerRequest: 9, hits: 0.93, bytesPerRequest: 42_000 },
  kpis: [],
  zoneFailoverSeconds: 9,
  podStartSeconds: 60,
  apiServerErrors: 0.0002,
  stories: {
    outage: {
      title: 'Certificate of the ingress expired',
      component: 'high-workload-ingress',
      minutes: { least: 9, most: 16 },
      rampMinutes: 0.5,
      effect: { errors: 0.85 },
    },
    strain: {
      title: 'Crawlers without a limit',
      component: 'high-workload-app',
      minutes: { least: 70, most: 160 },
      rampMinutes: 10,
      effect: { cpu: 2.6, latency: 1.5, connections: 1.6 },
    },
    slowBurn: {
      title: 'A version that leaks memory: pods restart now and then',
      component: 'high-workload-app',
      minutes: { least: 1300, most: 1900 },
      rampMinutes: 240,
      effect: { errors: 0.004, latency: 1.15 },
    },
  },
};
