import type { SystemFootprint } from '../types';

/** Document 004: three zones of one region, its cache in pods. */
export const microservicesPlatform: SystemFootprint = {
  name: 'microservices-platform',
  owner: 'storefront',
  homeRegion: 'us-east-1',
  entrance: { hasCdn: false, failsOver: 'never', healthPath: '/health' },
  regions: {
    'us-east-1': {
      network: { cidr: '172.26.0.0/16', zones: 'abc' },
      cluster: {
        name: 'microservices-platform-prod',
        nodeGroups: [
          {
            name: 'main',
            instanceTypes: ['t3.medium', 't3.large'],
            capacityType: 'ON_DEMAND',
            minimum: 1,
            desired: 3,
            maximum: 20,
          },
        ],
      },
      database: {
        kind: 'postgres',
        identifier: 'microservices-platform-db',
        instanceClass: 'db.t3.small',
        storageGb: 100,
        multiAz: true,
        backupDays: 7,
        replicas: [],
      },
      cacheInPods: true,
      buckets: [
        {
          name: 'microservices-platform-assets',
          movesTo: 'INTELLIGENT_TIERING',
        },
      ],
    },
  },
};
