import { durationMs } from './duration';

/** A parameter of an action; `problem` says what is wrong with a value. */
interface Parameter {
  description: string;
  required: boolean;
  problem(value: string): string | undefined;
}

/** An action that does something here. https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html */
export interface ActionKind {
  description: string;
  /** By its key in a template: the type of the resources it acts on. */
  target?: { key: string; resourceType: string };
  parameters: Record<string, Parameter>;
}

/** FIS lets an action last from a minute to 12 hours; here it may be shorter, so that drills need not wait. */
const LONGEST_MS = 12 * 60 * 60 * 1000;

function duration(required = true): Parameter {
  return {
    description: 'How long it lasts, in ISO 8601.',
    required,
    problem: value => {
      const ms = durationMs(value);
      return ms !== undefined && ms > 0 && ms <= LONGEST_MS
        ? undefined
        : 'must be a duration in ISO 8601 of at most 12 hours, such as PT10M';
    },
  };
}

function oneOf(description: string, values: string[], required: boolean) {
  return {
    description,
    required,
    problem: (value: string) =>
      values.includes(value)
        ? undefined
        : `must be one of ${values.join(', ')} here`,
  };
}

function percent(description: string, required: boolean): Parameter {
  return {
    description,
    required,
    problem: value =>
      /^([1-9]\d?|100)$/.test(value) ? undefined : 'must be from 1 to 100',
  };
}

function text(description: string): Parameter {
  return {
    description,
    required: true,
    problem: value => (value.trim() === '' ? 'must not be empty' : undefined),
  };
}

const API_ERROR: Omit<ActionKind, 'description'> = {
  target: { key: 'Roles', resourceType: 'aws:iam:role' },
  parameters: {
    duration: duration(),
    service: oneOf('The target AWS API namespace.', ['ec2', 'kinesis'], true),
    operations: text('Operations, separated by commas.'),
    percentage: percent('The share of calls it hits.', true),
  },
};

/** Every action there is here; any other is refused. */
export const ACTIONS: Record<string, ActionKind> = {
  'aws:ec2:stop-instances': {
    description: 'Stop the specified EC2 instances.',
    target: { key: 'Instances', resourceType: 'aws:ec2:instance' },
    parameters: { startInstancesAfterDuration: duration(false) },
  },
  'aws:ec2:terminate-instances': {
    description: 'Terminate the specified EC2 instances.',
    target: { key: 'Instances', resourceType: 'aws:ec2:instance' },
    parameters: {},
  },
  'aws:eks:terminate-nodegroup-instances': {
    description:
      'Terminates a percentage of the underlying EC2 instances in an EKS managed node group.',
    target: { key: 'Nodegroups', resourceType: 'aws:eks:nodegroup' },
    parameters: {
      instanceTerminationPercentage: percent('The share of instances.', true),
    },
  },
  'aws:elasticache:replicationgroup-interrupt-az-power': {
    description:
      'Interrupts power to nodes in the given Availability Zone of the target replication groups.',
    target: {
      key: 'ReplicationGroups',
      resourceType: 'aws:elasticache:replicationgroup',
    },
    parameters: { duration: duration() },
  },
  'aws:fis:inject-api-internal-error': {
    description: 'Cause an AWS service to return internal error responses.',
    ...API_ERROR,
  },
  'aws:fis:inject-api-throttle-error': {
    description: 'Cause an AWS service to return throttled responses.',
    ...API_ERROR,
  },
  'aws:fis:inject-api-unavailable-error': {
    description: 'Cause an AWS service to return unavailable responses.',
    ...API_ERROR,
  },
  'aws:fis:wait': {
    description: 'Wait for the specified duration.',
    parameters: { duration: duration() },
  },
  'aws:network:disrupt-connectivity': {
    description: 'Disrupts the specified connectivity of the target subnets.',
    target: { key: 'Subnets', resourceType: 'aws:ec2:subnet' },
    parameters: {
      duration: duration(),
      scope: oneOf(
        'The type of traffic to deny.',
        ['all', 'availability-zone'],
        true,
      ),
    },
  },
  'aws:rds:failover-db-cluster': {
    description: 'Failover a DB cluster.',
    target: { key: 'Clusters', resourceType: 'aws:rds:cluster' },
    parameters: {},
  },
  'aws:rds:reboot-db-instances': {
    description: 'Reboot the specified DB instances.',
    target: { key: 'DBInstances', resourceType: 'aws:rds:db' },
    parameters: {
      forceFailover: oneOf(
        'Whether the reboot is by Multi-AZ failover.',
        ['true', 'false'],
        false,
      ),
    },
  },
  'aws:s3:bucket-pause-replication': {
    description:
      'Pause replication of the specified source buckets to a destination region.',
    target: { key: 'Buckets', resourceType: 'aws:s3:bucket' },
    parameters: {
      duration: duration(),
      region: text('The region where destination buckets are located.'),
    },
  },
};

/** Parameters of targets, by resource type. */
export const TARGET_PARAMETERS: Record<string, string[]> = {
  'aws:ec2:subnet': ['availabilityZoneIdentifier', 'vpc'],
  'aws:elasticache:replicationgroup': ['availabilityZoneIdentifier'],
};
