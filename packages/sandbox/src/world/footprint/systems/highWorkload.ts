import type { SystemFootprint } from '../types';

/** Document 000: one region; DNS can lead to a second one that a snapshot brings to life. Sizes are ours. */
export const highWorkload: SystemFootprint = {
  name: 'high-workload',
  owner: 'platform',
  homeRegion: 'us-east-1',
  entrance: { hasCdn: true, failsOver: 'by-switch', healthPath: '/healthz' },
  regions: {
    'us-east-1': {
      network: { cidr: '172.24.0.0/16', zones: 'abc' },
      cluster: {
        name: 'high-workload-prod',
        nodeGroups: [
          {
            name: 'workers',
            instanceTypes: ['m5.large'],
            capacityType: 'ON_DEMAND',
            minimum: 3,
            desired: 3,
            maximum: 12,
          },
        ],
      },
      database: {
        kind: 'postgres',
        identifier: 'high-workload-db',
        instanceClass: 'db.m5.large',
        storageGb: 200,
        multiAz: true,
        backupDays: 14,
        replicas: ['high-workload-db-reads'],
        snapshotsTo: 'us-west-2',
      },
      buckets: [
        {
          name: 'high-workload-backups-us-east-1',
          replicatesTo: 'high-workload-backups-us-west-2',
          movesTo: 'STANDARD_IA',
        },
      ],
    },
    'us-west-2': {
      network: { cidr: '172.25.0.0/16', zones: 'abc' },
      cluster: {
        name: 'high-workload-standby',
        nodeGroups: [
          {
            name: 'workers',
            instanceTypes: ['m5.large'],
            capacityType: 'ON_DEMAND',
            minimum: 0,
            desired: 0,
            maximum: 12,
          },
        ],
      },
      buckets: [
        { name: 'high-workload-backups-us-west-2', movesTo: 'STANDARD_IA' },
      ],
    },
  },
};
