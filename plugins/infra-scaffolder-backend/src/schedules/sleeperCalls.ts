import {
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

async function nodegroupState(
  { eks }: AwsClients,
  { cluster, id }: Sleeper & { kind: 'nodegroup' },
): Promise<SleeperState> {
  const { nodegroup } = await eks.send(
    new DescribeNodegroupCommand({ clusterName: cluster, nodegroupName: id }),
  );
  const { status, scalingConfig } = nodegroup ?? {};
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

type NodeGroup = Sleeper & { kind: 'nodegroup' };

/** What a cluster autoscaler does while its own pod still runs: pods wait, so it asks for nodes. */
const LAUNCH = ['Launch'];

async function autoScalingGroups(
  { eks }: AwsClients,
  { cluster, id }: NodeGroup,
): Promise<string[]> {
  const { nodegroup } = await eks.send(
    new DescribeNodegroupCommand({ clusterName: cluster, nodegroupName: id }),
  );
  return (nodegroup?.resources?.autoScalingGroups ?? []).flatMap(
    ({ name }) => name ?? [],
  );
}

/**
 * Orders it to stop; the node group, to have no nodes and to launch none.
 *
 * {@link https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html}
 */
export async function stop(
  clients: AwsClients,
  sleeper: Sleeper,
  token: string,
): Promise<void> {
  const { autoScaling, ec2, eks, rds } = clients;
  const { id } = sleeper;
  switch (sleeper.kind) {
    case 'nodegroup':
      await eks.send(
        new UpdateNodegroupConfigCommand({
          clusterName: sleeper.cluster,
          nodegroupName: id,
          scalingConfig: { minSize: 0, desiredSize: 0 },
          clientRequestToken: token,
        }),
      );
      // Last, so that whatever is suspended has no nodes, and is resumed by a wake.
      for (const name of await autoScalingGroups(clients, sleeper)) {
        await autoScaling.send(
          new SuspendProcessesCommand({
            AutoScalingGroupName: name,
            ScalingProcesses: LAUNCH,
          }),
        );
      }
      return;
    case 'db-instance':
      await rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: id }));
      return;
    case 'db-cluster':
      await rds.send(new StopDBClusterCommand({ DBClusterIdentifier: id }));
      return;
    default:
      await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
  }
}

/** Orders it to start; the node group, to launch again and to have as many nodes as before. */
export async function start(
  clients: AwsClients,
  sleeper: Sleeper,
  token: string,
): Promise<void> {
  const { autoScaling, ec2, eks, rds } = clients;
  const { id } = sleeper;
  switch (sleeper.kind) {
    case 'nodegroup':
      for (const name of await autoScalingGroups(clients, sleeper)) {
        await autoScaling.send(
          new ResumeProcessesCommand({
            AutoScalingGroupName: name,
            ScalingProcesses: LAUNCH,
          }),
        );
      }
      await eks.send(
        new UpdateNodegroupConfigCommand({
          clusterName: sleeper.cluster,
          nodegroupName: id,
          scalingConfig: {
            minSize: sleeper.minSize,
            desiredSize: sleeper.desiredSize,
          },
          clientRequestToken: token,
        }),
      );
      return;
    case 'db-instance':
      await rds.send(new StartDBInstanceCommand({ DBInstanceIdentifier: id }));
      return;
    case 'db-cluster':
      await rds.send(new StartDBClusterCommand({ DBClusterIdentifier: id }));
      return;
    default:
      await ec2.send(new StartInstancesCommand({ InstanceIds: [id] }));
  }
}
