import type { JsonValue } from '@backstage/types';
import type { AttributeChange } from '@slipway/plugin-infra-scaffolder-common';
import type { DriftedResource } from '@slipway/plugin-infra-scaffolder-node';
import type { ExpectedDeviation } from './explainedDrift';
import { valueAt } from './values';

/** Attributes that AWS, or an autoscaler that the blueprint asks for, changes by itself. */
interface Rule {
  type: string;
  attribute: string;
  /** `any`; `grew`: the number is larger; `newer`: a later version of the same major one. */
  change: 'any' | 'grew' | 'newer';
  /** What must have been applied for it: the value, or anything but nothing. */
  where?: { attribute: string; is: JsonValue | 'set' };
  reason: string;
  /** Page of AWS's documentation. */
  page: string;
}

const RULES: Rule[] = [
  {
    type: 'AWS::EKS::Nodegroup',
    attribute: 'ScalingConfig.DesiredSize',
    change: 'any',
    reason: 'The cluster autoscaler sets it within its bounds.',
    page: 'https://docs.aws.amazon.com/eks/latest/userguide/autoscaling.html',
  },
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    attribute: 'DesiredCapacity',
    change: 'any',
    reason: 'Auto Scaling sets it within its bounds.',
    page: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html',
  },
  {
    type: 'AWS::DynamoDB::Table',
    attribute: 'ProvisionedThroughput',
    change: 'any',
    reason: 'Auto scaling sets it within its bounds.',
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html',
  },
  {
    type: 'AWS::RDS::DBInstance',
    attribute: 'AllocatedStorage',
    change: 'grew',
    where: { attribute: 'MaxAllocatedStorage', is: 'set' },
    reason: 'RDS enlarges the storage when it runs low, up to its bound.',
    page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html',
  },
  {
    type: 'AWS::RDS::DBInstance',
    attribute: 'EngineVersion',
    change: 'newer',
    where: { attribute: 'AutoMinorVersionUpgrade', is: true },
    reason: 'RDS takes up minor versions in the maintenance window.',
    page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html',
  },
  {
    type: 'AWS::RDS::DBCluster',
    attribute: 'EngineVersion',
    change: 'newer',
    reason:
      'Aurora takes up minor versions in the maintenance window where its instances allow it.',
    page: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_UpgradeDBInstance.PostgreSQL.MinorUpgrade.html',
  },
  {
    type: 'AWS::MSK::Cluster',
    attribute: 'BrokerNodeGroupInfo.StorageInfo.EBSStorageInfo.VolumeSize',
    change: 'grew',
    reason: 'MSK enlarges the storage when it runs low; it never shrinks.',
    page: 'https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html',
  },
];

function versionOf(value: JsonValue | undefined): number[] | undefined {
  const text = String(value ?? '');
  return /^\d+(\.\d+)*$/.test(text) ? text.split('.').map(Number) : undefined;
}

function isNewerMinor({ before, after }: AttributeChange): boolean {
  const old = versionOf(before);
  const young = versionOf(after);
  if (!old || !young || old[0] !== young[0]) {
    return false;
  }
  const index = young.findIndex((part, at) => part !== (old[at] ?? 0));
  return index > 0 && young[index] > (old[index] ?? 0);
}

function isLarger({ before, after }: AttributeChange): boolean {
  return Number(after) > Number(before);
}

const CHANGES: Record<Rule['change'], (change: AttributeChange) => boolean> = {
  any: () => true,
  grew: isLarger,
  newer: isNewerMinor,
};

function isMet(where: Rule['where'], { properties }: DriftedResource): boolean {
  if (!where) {
    return true;
  }
  const applied = valueAt(properties, where.attribute);
  return where.is === 'set'
    ? applied !== undefined
    : String(applied) === String(where.is);
}

/**
 * What is not drift, whoever asks. The capacity that Aurora serverless is at is no attribute of CloudFormation; its bounds
 * are, and who changes them has made drift.
 */
export const CHANGED_BY_AWS: ExpectedDeviation[] = RULES.map(
  ({ type, attribute, change, where, reason }) => ({
    type,
    attribute,
    reason,
    when: (difference, resource) =>
      CHANGES[change](difference) && isMet(where, resource),
  }),
);
