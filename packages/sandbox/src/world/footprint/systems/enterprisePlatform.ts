import type { SystemFootprint } from '../types';

/** Document 003: three zones of one region; snapshots go to a second one. */
export const enterprisePlatform: SystemFootprint = {
  name: 'enterprise-platform',
  owner: 'payments',
  homeRegion: 'us-east-1',
  entrance: { hasCdn: false, failsOver: 'never', healthPath: '/api/health' },
  regions: {
    'us-east-1': {
      network: { cidr: '172.23.0.0/16', zones: 'abc' },
      cluster: {
        name: 'enterprise-platform-prod',
        nodeGroups: [
          {
            name: 'workers',
            instanceTypes: ['m5.large'],
            capacityType: 'ON_DEMAND',
            minimum: 2,
            desired: 3,
            maximum: 6,
          },
        ],
      },
      database: {
        kind: 'aurora',
        identifier: 'enterprise-platform-aurora',
        instanceZones: 'abc',
        instanceClass: 'db.r5.large',
        backupDays: 35,
        deletionProtection: true,
        snapshotsTo: 'us-west-2',
      },
      cache: {
        identifier: 'enterprise-platform-redis',
        nodeType: 'cache.m5.large',
        engineVersion: '7.1',
        shards: 3,
        replicasPerShard: 1,
        clusterMode: true,
      },
    },
    'us-west-2': {},
  },
};
