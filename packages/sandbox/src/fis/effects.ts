import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeSubnetsCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { DescribeNodegroupCommand } from '@aws-sdk/client-eks';
import {
  DescribeReplicationGroupsCommand,
  TestFailoverCommand,
} from '@aws-sdk/client-elasticache';
import {
  FailoverDBClusterCommand,
  RebootDBInstanceCommand,
} from '@aws-sdk/client-rds';
import type { FaultBook } from '../faults/FaultBook';
import type { FaultEffect, FaultMatch } from '../faults/types';
import type { AwsClients } from './AwsClients';
import { durationMs } from './duration';
import type { TargetInput, Undo } from './model';

/** What an effect acts with and on. */
export interface EffectContext {
  clients: AwsClients;
  faults: FaultBook;
  experimentId: string;
  account: string;
  region: string;
  parameters: Record<string, string>;
  /** The resources of its target. */
  arns: string[];
  target?: TargetInput;
}

/** What has begun: over at once where it has no length. */
interface Begun {
  lengthMs?: number;
  undo?: Undo;
}

type Effect = (context: EffectContext) => Promise<Begun>;

/** The last part of an ARN, after the last slash or colon. */
function idOf(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
}

function faultsOf(
  { faults, experimentId, parameters }: EffectContext,
  wanted: Array<{ effect: FaultEffect; match: FaultMatch; chance?: number }>,
): Begun {
  const lengthMs = durationMs(parameters.duration);
  const started = wanted.map(({ effect, match, chance }) =>
    faults.start({
      effect,
      match,
      probability: chance,
      durationMs: lengthMs,
      startedBy: experimentId,
    }),
  );
  return { lengthMs, undo: { faults: started.map(({ id }) => id) } };
}

/** Every zone in which a subnet of the target lies is cut off as a whole. */
const disruptConnectivity: Effect = async context => {
  const { Subnets = [] } = await context.clients.ec2.send(
    new DescribeSubnetsCommand({ SubnetIds: context.arns.map(idOf) }),
  );
  const zones = new Set(
    Subnets.map(({ AvailabilityZone }) => AvailabilityZone),
  );
  return faultsOf(
    context,
    [...zones].map(zone => ({
      effect: { kind: 'dark', mode: 'drop' },
      match: { zone },
    })),
  );
};

/** The sandbox enforces no roles, so every caller of the account is hit. */
function apiError(effect: FaultEffect): Effect {
  return async context => {
    const { account, region, parameters } = context;
    return faultsOf(
      context,
      parameters.operations.split(',').map(operation => ({
        effect,
        match: {
          account,
          region,
          service: parameters.service,
          operation: operation.trim(),
        },
        chance: Number(parameters.percentage) / 100,
      })),
    );
  };
}

const stopInstances: Effect = async ({ clients, arns, parameters }) => {
  const InstanceIds = arns.map(idOf);
  await clients.ec2.send(new StopInstancesCommand({ InstanceIds }));
  const lengthMs = durationMs(parameters.startInstancesAfterDuration);
  return lengthMs === undefined
    ? {}
    : { lengthMs, undo: { stoppedInstances: InstanceIds } };
};

const terminateInstances: Effect = async ({ clients, arns }) => {
  await clients.ec2.send(
    new TerminateInstancesCommand({ InstanceIds: arns.map(idOf) }),
  );
  return {};
};

const terminateNodes: Effect = async ({ clients, arns, parameters }) => {
  const share = Number(parameters.instanceTerminationPercentage) / 100;
  for (const arn of arns) {
    const [, clusterName, nodegroupName] = arn.split('/');
    const { nodegroup } = await clients.eks.send(
      new DescribeNodegroupCommand({ clusterName, nodegroupName }),
    );
    const names = (nodegroup?.resources?.autoScalingGroups ?? []).map(
      ({ name }) => name!,
    );
    const { AutoScalingGroups = [] } = await clients.autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: names }),
    );
    const serving = AutoScalingGroups.flatMap(({ Instances = [] }) =>
      Instances.filter(({ LifecycleState }) => LifecycleState === 'InService'),
    );
    const InstanceIds = serving
      .slice(0, Math.ceil(serving.length * share))
      .map(({ InstanceId }) => InstanceId!);
    if (InstanceIds.length > 0) {
      await clients.ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    }
  }
  return {};
};

const failOverClusters: Effect = async ({ clients, arns }) => {
  for (const arn of arns) {
    await clients.rds.send(
      new FailoverDBClusterCommand({ DBClusterIdentifier: idOf(arn) }),
    );
  }
  return {};
};

const rebootDatabases: Effect = async ({ clients, arns, parameters }) => {
  for (const arn of arns) {
    await clients.rds.send(
      new RebootDBInstanceCommand({
        DBInstanceIdentifier: idOf(arn),
        ForceFailover: parameters.forceFailover === 'true',
      }),
    );
  }
  return {};
};

/** Primaries in the zone fail over; the groups' replicas in it are not touched. */
const interruptCachePower: Effect = async ({
  clients,
  arns,
  parameters,
  target,
}) => {
  const zone = target?.parameters?.availabilityZoneIdentifier;
  if (zone === undefined) {
    throw new Error(
      'The target needs the parameter availabilityZoneIdentifier.',
    );
  }
  for (const ReplicationGroupId of arns.map(idOf)) {
    const { ReplicationGroups = [] } = await clients.elastiCache.send(
      new DescribeReplicationGroupsCommand({ ReplicationGroupId }),
    );
    if (ReplicationGroups[0]?.ClusterEnabled) {
      throw new Error(
        `${ReplicationGroupId} has cluster mode on: ElastiCache does not tell which of its nodes are primaries, so the sandbox cannot interrupt them. Let ${zone} go dark instead.`,
      );
    }
    for (const shard of ReplicationGroups[0]?.NodeGroups ?? []) {
      const primary = shard.NodeGroupMembers?.find(
        ({ CurrentRole }) => CurrentRole === 'primary',
      );
      if (primary?.PreferredAvailabilityZone === zone) {
        await clients.elastiCache.send(
          new TestFailoverCommand({
            ReplicationGroupId,
            NodeGroupId: shard.NodeGroupId,
          }),
        );
      }
    }
  }
  return { lengthMs: durationMs(parameters.duration) };
};

const pauseReplication: Effect = async context =>
  faultsOf(
    context,
    context.arns.map(arn => ({
      effect: {
        kind: 'replication-pause',
        bucket: idOf(arn),
        region: context.parameters.region,
      },
      match: {},
    })),
  );

/** What each action of the catalogue does. */
export const EFFECTS: Record<string, Effect> = {
  'aws:ec2:stop-instances': stopInstances,
  'aws:ec2:terminate-instances': terminateInstances,
  'aws:eks:terminate-nodegroup-instances': terminateNodes,
  'aws:elasticache:replicationgroup-interrupt-az-power': interruptCachePower,
  'aws:fis:inject-api-internal-error': apiError({ kind: 'error' }),
  'aws:fis:inject-api-throttle-error': apiError({ kind: 'throttle' }),
  'aws:fis:inject-api-unavailable-error': apiError({
    kind: 'dark',
    mode: 'unavailable',
  }),
  'aws:fis:wait': async ({ parameters }) => ({
    lengthMs: durationMs(parameters.duration),
  }),
  'aws:network:disrupt-connectivity': disruptConnectivity,
  'aws:rds:failover-db-cluster': failOverClusters,
  'aws:rds:reboot-db-instances': rebootDatabases,
  'aws:s3:bucket-pause-replication': pauseReplication,
};

/** Ends what an effect left. */
export async function endEffect(
  { faults: ids = [], stoppedInstances = [] }: Undo,
  clients: AwsClients,
  faults: FaultBook,
): Promise<void> {
  faults.end(({ id }) => ids.includes(id));
  if (stoppedInstances.length > 0) {
    await clients.ec2.send(
      new StartInstancesCommand({ InstanceIds: stoppedInstances }),
    );
  }
}
