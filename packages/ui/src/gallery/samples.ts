import type { Run } from '@slipway/plugin-runs-common';
import type { PlanChange } from '../plan';
import type { ResourceProgress, RunPicture } from '../runs';

const START_MS = Date.parse('2026-11-21T10:00:00.000Z');

/** A time some seconds into the sample run. */
export function sampleTime(seconds: number): string {
  return new Date(START_MS + seconds * 1_000).toISOString();
}

/** A plan with one of each action. */
export const samplePlanChanges: PlanChange[] = [
  {
    logicalId: 'Vpc',
    type: 'AWS::EC2::VPC',
    path: 'network/vpc',
    action: 'create',
    attributes: [{ path: 'CidrBlock', after: '10.1.0.0/16' }],
  },
  {
    logicalId: 'Nodes',
    type: 'AWS::EKS::Nodegroup',
    path: 'cluster/nodes',
    action: 'update',
    attributes: [{ path: 'ScalingConfig.MaxSize', before: 3, after: 6 }],
  },
  {
    logicalId: 'Database',
    type: 'AWS::RDS::DBInstance',
    path: 'database/instance',
    action: 'replace',
    physicalId: 'shop-dev-db',
    attributes: [
      {
        path: 'StorageEncrypted',
        before: false,
        after: true,
        replaces: 'yes',
      },
    ],
  },
  {
    logicalId: 'OldAlarm',
    type: 'AWS::CloudWatch::Alarm',
    path: 'observability/old-alarm',
    action: 'delete',
    attributes: [{ path: 'Threshold', before: 80 }],
  },
];

/** Resources of a run, one in each state. */
export const sampleResources: ResourceProgress[] = (
  ['done', 'working', 'failed', 'pending', 'deleted', 'skipped'] as const
).map((status, index) => ({
  logicalId: `Resource${index}`,
  type: 'AWS::EC2::Subnet',
  path: `network/subnet-${index}`,
  status,
  awsStatus: `CREATE_${status.toUpperCase()}`,
  startedAt: status === 'pending' ? undefined : sampleTime(index * 4),
  updatedAt: sampleTime(index * 4 + 9),
  physicalId: status === 'done' ? 'subnet-0a1b2c3d' : undefined,
  reason: status === 'failed' ? 'The quota is used up.' : undefined,
}));

const step = { type: 'sample', attempt: 1, dependsOn: [] };

const run: Run = {
  id: 'sample',
  kind: 'infra.create',
  title: 'Create shop-dev',
  subject: 'environment:sample',
  state: 'failed',
  createdBy: 'user:default/maya',
  createdAt: sampleTime(0),
  startedAt: sampleTime(0),
  settledAt: sampleTime(60),
  inputs: {},
  lastSequence: 3,
  steps: [
    {
      ...step,
      id: 'plan',
      title: 'Plan',
      state: 'succeeded',
      startedAt: sampleTime(0),
      endedAt: sampleTime(14),
    },
    {
      ...step,
      id: 'confirm',
      title: 'Confirm the plan',
      state: 'skipped',
      skippedReason: 'Confirmed by hand',
    },
    {
      ...step,
      id: 'apply',
      title: 'Create the resources',
      state: 'failed',
      attempt: 2,
      startedAt: sampleTime(15),
      endedAt: sampleTime(60),
      problem: {
        code: 'aws.quota',
        message: 'AWS refused network/subnet-2: the quota is used up.',
        mend: 'Ask for a higher quota, then retry.',
      },
    },
    {
      ...step,
      id: 'record',
      title: 'Record outputs',
      state: 'pending',
      dependsOn: ['apply'],
    },
  ],
};

/** A run that failed, with an event of each level. */
export const samplePicture: RunPicture = {
  run,
  events: (['info', 'warning', 'error'] as const).map((level, index) => ({
    runId: run.id,
    sequence: index + 1,
    at: sampleTime(index * 20),
    code: 'step.log',
    level,
    stepId: 'apply',
    message: `An event of level ${level}`,
    data: {},
  })),
};
