import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import { DescribeNodegroupCommand } from '@aws-sdk/client-eks';
import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  type DBCluster,
  type DBInstance,
} from '@aws-sdk/client-rds';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import type {
  Environment,
  Sleeper,
  StaysUp,
} from '@slipway/plugin-infra-scaffolder-common';
import { ENVIRONMENT_ID_TAG } from '@slipway/plugin-infra-scaffolder-node';
import { withAwsClients, type AwsClients } from './AwsClients';
import { isUpAgain, stateOf } from './sleeperCalls';
import type { Sleepers } from './types';

const TYPES = ['eks:nodegroup', 'rds:db', 'rds:cluster', 'ec2:instance'];
const PAGE = 100;

type Found = { stops: Sleeper } | { stays: StaysUp } | undefined;

/** {@link https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html} */
function whyInstanceStays(db: DBInstance): string | undefined {
  if (db.ReadReplicaSourceDBInstanceIdentifier) {
    return 'It is a read replica, which AWS does not stop.';
  }
  if (db.ReadReplicaDBInstanceIdentifiers?.length) {
    return 'It has read replicas; AWS does not stop such a database.';
  }
  return db.MultiAZ && db.Engine?.startsWith('sqlserver')
    ? 'It is SQL Server in several zones, which AWS does not stop.'
    : undefined;
}

/** {@link https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html} */
function whyClusterStays(cluster: DBCluster): string | undefined {
  if (!cluster.Engine?.startsWith('aurora')) {
    return 'AWS stops Aurora clusters only.';
  }
  if (cluster.GlobalClusterIdentifier) {
    return 'It is part of a global database, which AWS does not stop.';
  }
  return cluster.EngineMode === 'serverless' ||
    cluster.EngineMode === 'parallelquery'
    ? `AWS does not stop a cluster of mode ${cluster.EngineMode}.`
    : undefined;
}

function hasTag({ Tags }: Instance, name: RegExp): boolean {
  return (Tags ?? []).some(({ Key }) => name.test(Key ?? ''));
}

/** {@link https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html} */
function whyMachineStays(instance: Instance): string | undefined {
  if (instance.RootDeviceType !== 'ebs') {
    return 'Its disk is gone when it stops.';
  }
  if (hasTag(instance, /^karpenter\.sh\//)) {
    return 'It is a node of Karpenter, which would replace it.';
  }
  if (hasTag(instance, /^aws:autoscaling:groupName$/)) {
    return 'It is of an Auto Scaling group, which would replace it.';
  }
  return instance.InstanceLifecycle === 'spot'
    ? 'It is a spot instance.'
    : undefined;
}

/** Its instances are stopped with it. */
const OF_NODE_GROUP = /^eks:nodegroup-name$/;

async function examine(clients: AwsClients, arn: string): Promise<Found> {
  const parts = arn.split(':');
  const service = parts[2];
  const resource = parts.slice(5).join(':');
  const found = (
    kind: 'db-instance' | 'db-cluster' | 'instance',
    id: string,
    why: string | undefined,
  ): Found =>
    why ? { stays: { arn, id, kind, why } } : { stops: { arn, id, kind } };
  if (service === 'eks') {
    const [, cluster, id] = resource.split('/');
    const { nodegroup } = await clients.eks.send(
      new DescribeNodegroupCommand({ clusterName: cluster, nodegroupName: id }),
    );
    const { minSize = 0, desiredSize = 0 } = nodegroup?.scalingConfig ?? {};
    return {
      stops: { kind: 'nodegroup', arn, id, cluster, minSize, desiredSize },
    };
  }
  if (service === 'ec2') {
    const id = resource.slice('instance/'.length);
    const { Reservations } = await clients.ec2.send(
      new DescribeInstancesCommand({ InstanceIds: [id] }),
    );
    const instance = Reservations?.[0]?.Instances?.[0];
    return instance && !hasTag(instance, OF_NODE_GROUP)
      ? found('instance', id, whyMachineStays(instance))
      : undefined;
  }
  const [kind, id] = resource.split(':');
  if (kind === 'cluster') {
    const { DBClusters } = await clients.rds.send(
      new DescribeDBClustersCommand({ DBClusterIdentifier: id }),
    );
    const cluster = DBClusters?.[0];
    return cluster && found('db-cluster', id, whyClusterStays(cluster));
  }
  const { DBInstances } = await clients.rds.send(
    new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }),
  );
  const db = DBInstances?.[0];
  // Those of a cluster stop with it.
  return db && !db.DBClusterIdentifier
    ? found('db-instance', id, whyInstanceStays(db))
    : undefined;
}

/**
 * {@link Sleepers} by the tag that every resource of an environment carries, so that it is the same for each engine. What
 * is stopped already, and not by the portal, is a person's doing: it stays as it is. A node group without nodes is not
 * stopped: an autoscaler may launch some there for pods that wait.
 */
export class AwsSleepers implements Sleepers {
  readonly #aws: AwsAccess;

  static create(aws: AwsAccess): AwsSleepers {
    return new AwsSleepers(aws);
  }

  private constructor(aws: AwsAccess) {
    this.#aws = aws;
  }

  async find(environment: Environment, signal?: AbortSignal) {
    const ours = new Set(environment.sleep?.slept.map(({ arn }) => arn));
    return withAwsClients(this.#aws, environment, async clients => {
      const stops: Sleeper[] = [];
      const stays: StaysUp[] = [];
      for (const arn of await this.#arns(clients, environment.id, signal)) {
        signal?.throwIfAborted();
        const each = await this.#present(() => examine(clients, arn));
        if (each && 'stays' in each) {
          stays.push(each.stays);
        } else if (each) {
          const state = await stateOf(clients, each.stops);
          if (state === 'gone') {
            continue;
          }
          const { id, kind } = each.stops;
          if (state === 'down' && kind !== 'nodegroup' && !ours.has(arn)) {
            const why = 'It is stopped already, and not by the portal.';
            stays.push({ arn, id, kind, why });
          } else {
            stops.push(each.stops);
          }
        }
      }
      return { stops, stays };
    });
  }

  async isAnyUp(
    environment: Environment,
    slept: Sleeper[],
    signal?: AbortSignal,
  ): Promise<boolean> {
    return withAwsClients(this.#aws, environment, async clients => {
      for (const each of slept) {
        signal?.throwIfAborted();
        if (await isUpAgain(clients, each)) {
          return true;
        }
      }
      return false;
    });
  }

  /** In a fixed order, so that what a person agrees to compares. */
  async #arns(
    { tags }: AwsClients,
    environmentId: string,
    signal?: AbortSignal,
  ): Promise<string[]> {
    const arns = new Set<string>();
    let PaginationToken: string | undefined;
    do {
      const page = await tags.send(
        new GetResourcesCommand({
          TagFilters: [{ Key: ENVIRONMENT_ID_TAG, Values: [environmentId] }],
          ResourceTypeFilters: TYPES,
          ResourcesPerPage: PAGE,
          PaginationToken,
        }),
        { abortSignal: signal },
      );
      page.ResourceTagMappingList?.forEach(
        ({ ResourceARN }) => ResourceARN && arns.add(ResourceARN),
      );
      PaginationToken = page.PaginationToken || undefined;
    } while (PaginationToken);
    return [...arns].sort();
  }

  /** The tagging API names for a while what is gone. */
  async #present(look: () => Promise<Found>): Promise<Found> {
    try {
      return await look();
    } catch (error) {
      if (/NotFound/.test((error as Error).name)) {
        return undefined;
      }
      throw error;
    }
  }
}
