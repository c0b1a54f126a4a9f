import type { CacheFootprint, SystemFootprint } from '../types';

const CACHE: Omit<CacheFootprint, 'identifier'> = {
  nodeType: 'cache.r7g.large',
  engineVersion: '7.1',
  shards: 1,
  replicasPerShard: 2,
  clusterMode: false,
  globalSuffix: 'cloud-native',
};

/** Document 001: active-passive in two regions, the second one warm and small. */
export const cloudNative: SystemFootprint = {
  name: 'cloud-native',
  owner: 'storefront',
  homeRegion: 'us-east-1',
  entrance: { hasCdn: true, failsOver: 'by-itself', healthPath: '/v1/status' },
  regions: {
    'us-east-1': {
      network: { cidr: '172.18.0.0/16', zones: 'abc' },
      cluster: {
        name: 'cloud-native-prod',
        nodeGroups: [
          {
            name: 'on-demand',
            instanceTypes: ['t3.large'],
            capacityType: 'ON_DEMAND',
            minimum: 3,
            desired: 3,
            maximum: 9,
          },
          {
            name: 'spot',
            instanceTypes: ['t3.large'],
            capacityType: 'SPOT',
            minimum: 0,
            desired: 2,
            maximum: 6,
          },
        ],
      },
      database: {
        kind: 'aurora',
        identifier: 'cloud-native-aurora',
        globalIdentifier: 'cloud-native',
        instanceZones: 'ab',
        instanceClass: 'db.serverless',
        acu: { minimum: 0.5, maximum: 16 },
        backupDays: 35,
        deletionProtection: true,
      },
      cache: { identifier: 'cloud-native-redis', ...CACHE },
      buckets: [
        {
          name: 'cloud-native-storage-us-east-1',
          replicatesTo: 'cloud-native-storage-us-west-2',
          movesTo: 'INTELLIGENT_TIERING',
        },
      ],
      queues: ['cloud-native-work'],
      topics: ['cloud-native-events'],
    },
    'us-west-2': {
      network: { cidr: '172.19.0.0/16', zones: 'abc' },
      cluster: {
        name: 'cloud-native-standby',
        nodeGroups: [
          {
            name: 'on-demand',
            instanceTypes: ['t3.large'],
            capacityType: 'ON_DEMAND',
            minimum: 1,
            desired: 1,
            maximum: 9,
          },
        ],
      },
      database: {
        kind: 'aurora',
        identifier: 'cloud-native-aurora-west',
        globalIdentifier: 'cloud-native',
        instanceZones: 'a',
        instanceClass: 'db.serverless',
        acu: { minimum: 0.5, maximum: 16 },
        backupDays: 35,
        deletionProtection: true,
      },
      cache: { identifier: 'cloud-native-redis-west', ...CACHE },
      buckets: [
        {
          name: 'cloud-native-storage-us-west-2',
          movesTo: 'INTELLIGENT_TIERING',
        },
      ],
      queues: ['cloud-native-work'],
      topics: ['cloud-native-events'],
    },
  },
};
