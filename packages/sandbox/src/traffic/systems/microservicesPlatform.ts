import { CONSUMERS, GI_B, MI_B } from './shapes';
import type { SystemSpec } from './types';

/**
 * Document 004: P95 below 200 ms, queries below 100 ms and cache below 10 ms on average, pages within 2 s; at its daily
 * peak 10,000 requests a minute, 100 connections, 50,000 cache operations and 100 MB of uploads a second; CPU from 60
 * to 70 %, memory from 70 to 80 %, 1 Gbps.
 */
export const microservicesPlatform: SystemSpec = {
  name: 'microservices-platform',
  homeRegion: 'us-east-1',
  demand: { ...CONSUMERS, requests: 116, usersPerRequest: 30 },
  components: [
    {
      name: 'microservices-platform-frontend',
      http: {
        calls: 0.6,
        writes: 0,
        within: [
          0.15, 0.4, 0.78, 0.92, 0.965, 0.982, 0.993, 0.997, 0.999, 0.9997, 1,
          1, 1, 1,
        ],
        serverErrors: 0.0003,
        clientErrors: 0.006,
      },
      pods: {
        minimum: 3,
        maximum: 10,
        standby: 0,
        cpu: 0.1,
        memory: 128 * MI_B,
        cpuPerCall: 0.0033,
        targetUtilization: 0.7,
      },
      deploySeconds: 160,
    },
    {
      name: 'microservices-platform-api-gateway',
      http: {
        calls: 1,
        writes: 0.2,
        within: [
          0.002, 0.015, 0.12, 0.38, 0.6, 0.76, 0.93, 0.968, 0.988, 0.997,
          0.9993, 0.9999, 1, 1,
        ],
        serverErrors: 0.0006,
        clientErrors: 0.012,
      },
      pods: {
        minimum: 2,
        maximum: 15,
        standby: 0,
        cpu: 0.25,
        memory: 256 * MI_B,
        cpuPerCall: 0.0052,
        targetUtilization: 0.7,
      },
      deploySeconds: 200,
    },
    {
      name: 'microservices-platform-backend',
      http: {
        calls: 1.15,
        writes: 0.2,
        within: [
          0.003, 0.02, 0.17, 0.46, 0.68, 0.82, 0.95, 0.978, 0.992, 0.998,
          0.9995, 1, 1, 1,
        ],
        serverErrors: 0.0004,
        clientErrors: 0.006,
      },
      pods: {
        minimum: 3,
        maximum: 20,
        standby: 0,
        cpu: 0.25,
        memory: 256 * MI_B,
        cpuPerCall: 0.008,
        targetUtilization: 0.7,
      },
      deploySeconds: 220,
    },
  ],
  nodes: {
    minimum: 1,
    memory: 4 * GI_B,
    overheadVcpus: 0.6,
    memoryInUse: 0.75,
    pods: 14,
    bytesPerRequest: 120_000,
  },
  database: {
    connections: { idle: 0.2, loaded: 0.17 },
    readsPerRequest: 2.4,
    writesPerRequest: 0.5,
    querySeconds: 0.062,
    errors: 0.00004,
    cpu: 0.44,
  },
  cache: {
    hits: 0.91,
    operationsPerRequest: 301,
    operationSeconds: 0.0032,
    errors: 0.00005,
    memory: 512 * MI_B,
    memoryInUse: 0.72,
    clients: 48,
  },
  pageLoad: {
    pagesPerRequest: 0.5,
    within: [0.06, 0.42, 0.8, 0.97, 0.994, 0.999, 1],
  },
  uploadBytesPerRequest: 600_000,
  kpis: [
    { event: 'order', perWrite: 0.09, value: 47 },
    { event: 'basket', perWrite: 0.4 },
  ],
  zoneFailoverSeconds: 9,
  podStartSeconds: 55,
  apiServerErrors: 0.0002,
  stories: {
    outage: {
      title: 'Redis out of memory, and its pod with it',
      component: 'microservices-platform-backend',
      minutes: { least: 11, most: 19 },
      rampMinutes: 0.5,
      effect: { cacheIsDown: true, errors: 0.12, latency: 1.6 },
    },
    strain: {
      title: 'A sale that was not announced',
      component: 'microservices-platform-backend',
      minutes: { least: 60, most: 120 },
      rampMinutes: 12,
      effect: { cpu: 1.5, latency: 1.25, connections: 1.3 },
    },
    slowBurn: {
      title: 'A version that asks the database once for each line of an order',
      component: 'microservices-platform-backend',
      minutes: { least: 1500, most: 2300 },
      rampMinutes: 120,
      effect: { errors: 0.0035, latency: 1.3, connections: 1.35 },
    },
  },
};
