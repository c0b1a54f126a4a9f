import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  type Nodegroup,
  paginateListClusters,
  paginateListNodegroups,
} from '@aws-sdk/client-eks';
import { ANSWER_WITHIN_MS } from '../../world/footprint/clients';
import type { NodeGroup } from './types';

/** Statuses in which a group's machines are not there yet or are there no more. */
const WITHOUT_NODES = ['CREATING', 'CREATE_FAILED', 'DELETING'];

/** Reads the node groups of a region from the emulator itself, so that it also sees what lies in the dark. */
export class EksReader {
  readonly #region: string;
  readonly #eks: EKSClient;
  readonly #ec2: EC2Client;
  readonly #zones = new Map<string, string>();

  constructor(endpoint: string, region: string) {
    const common = {
      endpoint,
      region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 2,
      requestHandler: {
        requestTimeout: ANSWER_WITHIN_MS,
        throwOnRequestTimeout: true,
      },
    };
    this.#region = region;
    this.#eks = new EKSClient(common);
    this.#ec2 = new EC2Client(common);
  }

  async nodeGroups(): Promise<NodeGroup[]> {
    const groups: NodeGroup[] = [];
    for await (const { clusters } of paginateListClusters(
      { client: this.#eks },
      {},
    )) {
      for (const name of clusters ?? []) {
        groups.push(...(await this.#ofCluster(name)));
      }
    }
    return groups;
  }

  close(): void {
    this.#eks.destroy();
    this.#ec2.destroy();
  }

  async #ofCluster(name: string): Promise<NodeGroup[]> {
    const { cluster } = await this.#eks.send(
      new DescribeClusterCommand({ name }),
    );
    const groups: NodeGroup[] = [];
    for await (const { nodegroups } of paginateListNodegroups(
      { client: this.#eks },
      { clusterName: name },
    )) {
      for (const nodegroupName of nodegroups ?? []) {
        const { nodegroup } = await this.#eks.send(
          new DescribeNodegroupCommand({ clusterName: name, nodegroupName }),
        );
        groups.push(await this.#group(nodegroup!, cluster?.tags));
      }
    }
    return groups;
  }

  async #group(
    group: Nodegroup,
    clusterTags: Record<string, string> | undefined,
  ): Promise<NodeGroup> {
    const tag =
      clusterTags?.['slipway:system'] ?? group.tags?.['slipway:system'];
    return {
      cluster: group.clusterName!,
      version: group.version ?? '1.36',
      system: tag?.replace(/^system:[^/]*\//, ''),
      name: group.nodegroupName!,
      desired: WITHOUT_NODES.includes(group.status ?? '')
        ? 0
        : group.scalingConfig?.desiredSize ?? 0,
      instanceTypes: group.instanceTypes ?? ['t3.medium'],
      capacityType: group.capacityType ?? 'ON_DEMAND',
      region: this.#region,
      zones: await this.#zonesOf(group.subnets ?? []),
    };
  }

  /** A subnet never moves, so each is asked for once. */
  async #zonesOf(subnets: string[]): Promise<string[]> {
    const unknown = subnets.filter(subnet => !this.#zones.has(subnet));
    if (unknown.length > 0) {
      const { Subnets = [] } = await this.#ec2.send(
        new DescribeSubnetsCommand({ SubnetIds: unknown }),
      );
      for (const { SubnetId, AvailabilityZone } of Subnets) {
        this.#zones.set(SubnetId!, AvailabilityZone!);
      }
    }
    const zones = subnets.flatMap(subnet => this.#zones.get(subnet) ?? []);
    return [...new Set(zones)].sort();
  }
}
