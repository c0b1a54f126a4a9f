import {
  DescribeAutoScalingGroupsCommand,
  ResumeProcessesCommand,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  DescribeNodegroupCommand,
  UpdateNodegroupConfigCommand,
  type Nodegroup,
} from '@aws-sdk/client-eks';
import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  StartDBClusterCommand,
  StartDBInstanceCommand,
  StopDBClusterCommand,
  StopDBInstanceCommand,
} from '@aws-sdk/client-rds';
import type { Sleeper } from '@slipway/plugin-infra-scaffolder-common';
import type { AwsClients } from './AwsClients';
import type { SleepDeed } from './sleepRun';

/**
 * `busy`: AWS is at something else with it, e.g. a backup, and takes no order before that is done. `going-…`: the order is
 * given. `gone`: it is not there any more.
 */
export type SleeperState =
  | 'up'
  | 'down'
  | 'going-up'
  | 'going-down'
  | 'busy'
  | 'gone';

const STATES: Record<string, SleeperState> = {
  available: 'up',
  running: 'up',
  stopped: 'down',
  starting: 'going-up',
  pending: 'going-up',
  stopping: 'going-down',
  terminated: 'gone',
  'shutting-down': 'gone',
  deleting: 'gone',
};

function ofStatus(status: string | undefined): SleeperState {
  return STATES[status ?? ''] ?? 'busy';
}

type NodeGroup = Sleeper & { kind: 'nodegroup' };

async function nodegroupOf(
  { eks }: AwsClients,
  { cluster, id }: NodeGroup,
): Promise<Nodegroup | undefined> {
  const { nodegroup } = await eks.send(
    new DescribeNodegroupCommand({ clusterName: cluster, nodegroupName: id }),
  );
  return nodegroup;
}

async function nodegroupState(
  clients: AwsClients,
  group: NodeGroup,
): Promise<SleeperState> {
  const { status, scalingConfig } = (await nodegroupOf(clients, group)) ?? {};
  const isDown =
    scalingConfig?.desiredSize === 0 && scalingConfig.minSize === 0;
  switch (status) {
    case 'ACTIVE':
    case 'DEGRADED':
      return isDown ? 'down' : 'up';
    case 'DELETING':
      return 'gone';
    default:
      return 'busy';
  }
}

/** What state something is in, as AWS says now. */
export async function stateOf(
  clients: AwsClients,
  sleeper: Sleeper,
): Promise<SleeperState> {
  const { id } = sleeper;
  try {
    switch (sleeper.kind) {
      case 'nodegroup':
        return await nodegroupState(clients, sleeper);
      case 'db-instance': {
        const { DBInstances } = await clients.rds.send(
          new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }),
        );
        return ofStatus(DBInstances?.[0]?.DBInstanceStatus);
      }
      case 'db-cluster': {
        const { DBClusters } = await clients.rds.send(
          new DescribeDBClustersCommand({ DBClusterIdentifier: id }),
        );
        return ofStatus(DBClusters?.[0]?.Status);
      }
      default: {
        const { Reservations } = await clients.ec2.send(
          new DescribeInstancesCommand({ InstanceIds: [id] }),
        );
        return ofStatus(Reservations?.[0]?.Instances?.[0]?.State?.Name);
      }
    }
  } catch (error) {
    if (/NotFound/.test((error as Error).name)) {
      return 'gone';
    }
    throw error;
  }
}

/** What a cluster autoscaler does while its own pod still runs: pods wait, so it asks for nodes. */
const LAUNCH = 'Launch';

async function autoScalingGroups(
  clients: AwsClients,
  group: NodeGroup,
): Promise<string[]> {
  const nodegroup = await nodegroupOf(clients, group);
  return (nodegroup?.resources?.autoScalingGroups ?? []).flatMap(
    ({ name }) => name ?? [],
  );
}

/** Undefined where the role may not see it. */
async function launches(
  { autoScaling }: AwsClients,
  name: string,
): Promise<boolean | undefined> {
  try {
    const { AutoScalingGroups } = await autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
    );
    return !AutoScalingGroups?.[0]?.SuspendedProcesses?.some(
      ({ ProcessName }) => ProcessName === LAUNCH,
    );
  } catch (error) {
    if (/^AccessDenied/.test((error as Error).name)) {
      return undefined;
    }
    throw error;
  }
}

/** Whether it is up again; a node group that launches nothing is not, whatever size an autoscaler has asked for. */
export async function isUpAgain(
  clients: AwsClients,
  sleeper: Sleeper,
): Promise<boolean> {
  const state = await stateOf(clients, sleeper);
  if (state !== 'up' && state !== 'going-up') {
    return false;
  }
  if (sleeper.kind !== 'nodegroup') {
    return true;
  }
  for (const name of await autoScalingGroups(clients, sleeper)) {
    if ((await launches(clients, name)) !== false) {
      return true;
    }
  }
  return false;
}

/** A call of an order. */
export interface SleeperCall {
  /** AWS's name of the operation, and the name of what it is done to. */
  name: string;
  /** Whether it has its effect already. */
  isGiven: () => Promise<boolean>;
  give: (token: string) => Promise<unknown>;
  /** The calls after it are of use without it. */
  isDispensable?: true;
}

interface Sizes {
  minSize: number;
  desiredSize: number;
}

/**
 * The size alone does not tell whether a node group was woken: a cluster autoscaler sets the desired one.
 *
 * {@link https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html}
 */
function resize(
  clients: AwsClients,
  group: NodeGroup,
  { minSize, desiredSize }: Sizes,
): SleeperCall {
  return {
    name: `UpdateNodegroupConfig ${group.arn}`,
    isGiven: async () => {
      const found = (await nodegroupOf(clients, group))?.scalingConfig;
      return found?.minSize === minSize && found.desiredSize === desiredSize;
    },
    give: token =>
      clients.eks.send(
        new UpdateNodegroupConfigCommand({
          clusterName: group.cluster,
          nodegroupName: group.id,
          scalingConfig: { minSize, desiredSize },
          clientRequestToken: token,
        }),
      ),
  };
}

/** {@link https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html} */
function suspend(clients: AwsClients, name: string): SleeperCall {
  return {
    name: `SuspendProcesses ${name}`,
    isGiven: async () => (await launches(clients, name)) === false,
    give: () =>
      clients.autoScaling.send(
        new SuspendProcessesCommand({
          AutoScalingGroupName: name,
          ScalingProcesses: [LAUNCH],
        }),
      ),
  };
}

function resume(clients: AwsClients, name: string): SleeperCall {
  return {
    name: `ResumeProcesses ${name}`,
    isGiven: async () => (await launches(clients, name)) === true,
    give: () =>
      clients.autoScaling.send(
        new ResumeProcessesCommand({
          AutoScalingGroupName: name,
          ScalingProcesses: [LAUNCH],
        }),
      ),
    isDispensable: true,
  };
}

/**
 * A node group gets no nodes, then launches none: so whatever is suspended has no nodes. It wakes the other way round, to
 * the size it had; where that was none, an autoscaler says how many it is to have.
 */
async function callsOfNodeGroup(
  clients: AwsClients,
  group: NodeGroup,
  deed: SleepDeed,
): Promise<SleeperCall[]> {
  const behind = await autoScalingGroups(clients, group);
  if (deed === 'sleep') {
    return [
      resize(clients, group, { minSize: 0, desiredSize: 0 }),
      ...behind.map(name => suspend(clients, name)),
    ];
  }
  const hadNodes = group.minSize + group.desiredSize > 0;
  return [
    ...behind.map(name => resume(clients, name)),
    ...(hadNodes ? [resize(clients, group, group)] : []),
  ];
}

/** The calls that stop or start something, in their order. */
export async function callsOf(
  clients: AwsClients,
  sleeper: Sleeper,
  deed: SleepDeed,
): Promise<SleeperCall[]> {
  const { ec2, rds } = clients;
  const { arn, id, kind } = sleeper;
  if (kind === 'nodegroup') {
    return callsOfNodeGroup(clients, sleeper, deed);
  }
  const goal: SleeperState[] =
    deed === 'sleep' ? ['down', 'going-down'] : ['up', 'going-up'];
  const call = (
    operation: string,
    give: SleeperCall['give'],
  ): SleeperCall[] => [
    {
      name: `${operation} ${arn}`,
      isGiven: async () => goal.includes(await stateOf(clients, sleeper)),
      give,
    },
  ];
  const isSleep = deed === 'sleep';
  switch (kind) {
    case 'db-instance': {
      const input = { DBInstanceIdentifier: id };
      return isSleep
        ? call('StopDBInstance', () =>
            rds.send(new StopDBInstanceCommand(input)),
          )
        : call('StartDBInstance', () =>
            rds.send(new StartDBInstanceCommand(input)),
          );
    }
    case 'db-cluster': {
      const input = { DBClusterIdentifier: id };
      return isSleep
        ? call('StopDBCluster', () => rds.send(new StopDBClusterCommand(input)))
        : call('StartDBCluster', () =>
            rds.send(new StartDBClusterCommand(input)),
          );
    }
    default: {
      const input = { InstanceIds: [id] };
      return isSleep
        ? call('StopInstances', () => ec2.send(new StopInstancesCommand(input)))
        : call('StartInstances', () =>
            ec2.send(new StartInstancesCommand(input)),
          );
    }
  }
}
