import type {
  DriftAcceptance,
  DriftCall,
  DriftCause,
  DriftReport,
  FleetDrift,
} from '@slipway/plugin-infra-scaffolder-common';

const SAM: DriftCall = {
  known: true,
  actor: 'Operators/sam',
  call: 'UpdateNodegroupConfig',
  service: 'eks.amazonaws.com',
  at: '2026-11-25T08:12:00.000Z',
  from: '198.51.100.7',
  eventId: '6e2a2a4f-8c1e-4b7e-9e6a-0d0c8f3a9b11',
  because: 'names-it',
};

const NOBODY: DriftCause = {
  known: false,
  reason:
    'CloudTrail has no call that changed it since it was last in sync. It can take 15 minutes until one is there.',
};

const SINCE = '2026-11-25T08:30:00.000Z';

/** Two resources that drifted: nodes by a person, a bucket by nobody knows whom; a third is gone. */
export function sampleDrift(part: Partial<DriftReport> = {}): DriftReport {
  return {
    environmentId: 'e1',
    state: 'drifted',
    checkedAt: '2026-11-25T08:30:00.000Z',
    findings: [
      {
        logicalId: 'Workers',
        type: 'AWS::EKS::Nodegroup',
        path: 'cluster/Workers',
        physicalId: 'slipway-shop-dev/workers',
        kind: 'changed',
        attributes: [
          { path: 'ScalingConfig.MaxSize', before: 3, after: 9, cause: SAM },
        ],
        since: SINCE,
      },
      {
        logicalId: 'Uploads',
        type: 'AWS::S3::Bucket',
        path: 'storage/Uploads',
        physicalId: 'slipway-shop-dev-uploads',
        kind: 'changed',
        attributes: [
          {
            path: 'VersioningConfiguration.Status',
            before: 'Enabled',
            after: 'Suspended',
            cause: NOBODY,
          },
        ],
        since: SINCE,
      },
      {
        logicalId: 'Alarm',
        type: 'AWS::CloudWatch::Alarm',
        path: 'observability/Alarm1',
        kind: 'deleted',
        attributes: [],
        cause: {
          ...SAM,
          call: 'DeleteAlarms',
          service: 'monitoring.amazonaws.com',
        },
        since: SINCE,
      },
    ],
    explained: [
      {
        logicalId: 'Database',
        type: 'AWS::RDS::DBInstance',
        path: 'database/Instance',
        attribute: { path: 'EngineVersion', before: '17.9', after: '17.11' },
        reason: 'RDS takes up minor versions in the maintenance window.',
      },
    ],
    unchecked: [
      {
        logicalId: 'Route',
        type: 'AWS::EC2::Route',
        path: 'network/Route',
        reason:
          'CloudFormation does not check resources of type AWS::EC2::Route.',
      },
    ],
    ...part,
  };
}

/** The nodes' maximum is a parameter; the bucket's versions are not. */
export const sampleAcceptance: DriftAcceptance[] = [
  {
    logicalId: 'Workers',
    attribute: 'ScalingConfig.MaxSize',
    parameter: {
      name: 'nodeMaxSize',
      title: 'Most nodes',
      before: 3,
      after: 9,
    },
    also: ['observability/Alarm2 Threshold'],
  },
  {
    logicalId: 'Uploads',
    attribute: 'VersioningConfiguration.Status',
    also: [],
    reason:
      'VersioningConfiguration.Status comes from no parameter of Microservices platform that could have the value that is there. Revert it, or change the blueprint.',
  },
];

/** Two environments that the same person changed by the same call, and one that nobody owns up to. */
export function sampleFleetDrift(): FleetDrift {
  const owner = 'group:default/storefront';
  const member = (id: string, name: string, before: number, after: number) => ({
    environment: { id, name, owner },
    logicalId: 'Workers',
    type: 'AWS::EKS::Nodegroup',
    path: 'cluster/Workers',
    kind: 'changed' as const,
    attribute: { path: 'ScalingConfig.MaxSize', before, after },
    cause: SAM,
    since: SINCE,
  });
  return {
    counts: { in_sync: 3, drifted: 2, unknown: 1, checking: 0, unchecked: 1 },
    groups: [
      {
        id: 'call sam',
        kind: 'call',
        call: {
          actor: 'Operators/sam',
          call: 'UpdateNodegroupConfig',
          service: 'eks.amazonaws.com',
        },
        firstAt: '2026-11-25T08:12:00.000Z',
        lastAt: '2026-11-25T08:14:00.000Z',
        members: [
          member('e1', 'shop-dev', 3, 9),
          member('e2', 'shop-staging', 6, 12),
        ],
      },
      {
        id: 'attribute bucket',
        kind: 'attribute',
        type: 'AWS::S3::Bucket',
        attribute: 'VersioningConfiguration.Status',
        firstAt: SINCE,
        lastAt: SINCE,
        members: [
          {
            environment: { id: 'e1', name: 'shop-dev', owner },
            logicalId: 'Uploads',
            type: 'AWS::S3::Bucket',
            path: 'storage/Uploads',
            kind: 'changed',
            attribute: {
              path: 'VersioningConfiguration.Status',
              before: 'Enabled',
              after: 'Suspended',
            },
            cause: NOBODY,
            since: SINCE,
          },
        ],
      },
    ],
  };
}
