import type { SystemFootprint } from '../types';

/** Document 002: one region, and the cold standby that its objectives need and its text calls future. */
export const recordsService: SystemFootprint = {
  name: 'records-service',
  owner: 'payments',
  homeRegion: 'us-east-1',
  entrance: { hasCdn: true, failsOver: 'by-switch', healthPath: '/healthz' },
  regions: {
    'us-east-1': {
      network: { cidr: '172.21.0.0/16', zones: 'abc' },
      cluster: {
        name: 'microservice-prod',
        nodeGroups: [
          {
            name: 'compute-optimized',
            instanceTypes: ['c5.2xlarge'],
            capacityType: 'ON_DEMAND',
            minimum: 3,
            desired: 3,
            maximum: 10,
          },
        ],
      },
      database: {
        kind: 'postgres',
        identifier: 'prod-postgres',
        instanceClass: 'db.r5.2xlarge',
        storageGb: 1000,
        iops: 16000,
        multiAz: true,
        backupDays: 35,
        replicas: ['prod-postgres-replica-1', 'prod-postgres-replica-2'],
      },
      cache: {
        identifier: 'prod-redis',
        nodeType: 'cache.r6g.xlarge',
        engineVersion: '7.0',
        shards: 1,
        replicasPerShard: 2,
        clusterMode: true,
      },
      kafka: {
        name: 'prod-kafka',
        brokerType: 'kafka.m5.large',
        brokers: 3,
        storageGb: 1000,
        version: '3.9.x',
      },
      buckets: [
        {
          name: 'company-backups',
          replicatesTo: 'company-backups-us-west-2',
          movesTo: 'STANDARD_IA',
        },
        { name: 'company-logs', movesTo: 'INTELLIGENT_TIERING' },
        { name: 'company-archives', movesTo: 'GLACIER' },
      ],
    },
    'us-west-2': {
      network: { cidr: '172.22.0.0/16', zones: 'abc' },
      cluster: {
        name: 'microservice-standby',
        nodeGroups: [
          {
            name: 'compute-optimized',
            instanceTypes: ['c5.2xlarge'],
            capacityType: 'ON_DEMAND',
            minimum: 0,
            desired: 0,
            maximum: 10,
          },
        ],
      },
      database: {
        kind: 'replica',
        identifier: 'prod-postgres-west',
        instanceClass: 'db.r5.2xlarge',
        source: { region: 'us-east-1', identifier: 'prod-postgres' },
      },
      buckets: [{ name: 'company-backups-us-west-2', movesTo: 'STANDARD_IA' }],
    },
  },
};
