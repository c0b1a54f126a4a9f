import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Cluster } from '../cluster/Cluster';
import { ClusterAddons } from '../cluster/ClusterAddons';
import {
  clusterSecurityGroups,
  type ClusterSecurityGroups,
} from '../cluster/clusterSecurity';
import { NodeGroup, type NodeGroupProps } from '../cluster/NodeGroup';
import { FlowLogs } from '../network/FlowLogs';
import { Network } from '../network/Network';
import { SecurityGroup } from '../network/SecurityGroup';
import { Alarms } from '../observability/Alarms';
import { AuditTrail } from '../observability/AuditTrail';
import { addClusterAlarms } from '../observability/sets/cluster';
import { EnvironmentKey } from '../secrets/EnvironmentKey';
import type { EnvironmentStack } from '../stack/EnvironmentStack';
import { secureBucket } from '../storage/SecureBucket';
import type { FoundationSettings } from './settings';

/** Where a stack goes and what it is called. @public */
export interface Place {
  stackName: string;
  accountId: string;
  region: string;
  availabilityZones: string[];
  cidr: string;
  tags: Record<string, string>;
}

/** One node group of the cluster. @public */
export type NodeGroupShape = Pick<
  NodeGroupProps,
  | 'name'
  | 'instanceTypes'
  | 'capacityType'
  | 'minSize'
  | 'desiredSize'
  | 'maxSize'
  | 'taints'
>;

/** @public */
export interface FoundationProps {
  place: Place;
  settings: FoundationSettings;
  nodeGroups: NodeGroupShape[];
  volumeTags?: Record<string, string>;
  /** Of webhooks beside the usual ones. */
  webhookPorts?: number[];
}

const KEY_PENDING_DAYS = 7;

/**
 * What every system stands on: keys, network, cluster with its nodes, a bucket for logs, alarms. Its parts are
 * directly below the stack, so that their ids are short.
 *
 * @public
 */
export class Foundation {
  readonly place: Place;
  readonly name: string;
  readonly dataKey: EnvironmentKey;
  readonly operationsKey: EnvironmentKey;
  readonly network: Network;
  readonly security: ClusterSecurityGroups;
  readonly cluster: Cluster;
  readonly administratorRole: string;
  readonly logsBucket: Bucket;
  readonly alarms: Alarms;
  readonly logRetentionDays: number;
  readonly #stack: EnvironmentStack;

  constructor(stack: EnvironmentStack, props: FoundationProps) {
    const { place, settings } = props;
    const { accountId, region } = place;
    this.#stack = stack;
    this.place = place;
    this.name = place.stackName;
    this.logRetentionDays = settings.logRetentionDays;

    this.dataKey = this.#key('data', 'Data, secrets and images');
    const clusterKey = this.#key('cluster', 'Kubernetes secrets');
    this.operationsKey = this.#key('operations', 'Logs and alarms')
      .allowLogs(accountId, region)
      .allowService('cloudwatch.amazonaws.com', accountId);

    this.network = new Network(stack, 'network', {
      name: this.name,
      region,
      cidr: place.cidr,
      availabilityZones: place.availabilityZones,
      natGateways: settings.natGateways,
      clusterName: this.name,
    });
    if (settings.flowLogs) {
      new FlowLogs(stack, 'flow-logs', {
        name: this.name,
        vpcId: this.network.vpcId,
        accountId,
        region,
        retentionDays: settings.logRetentionDays,
        key: this.operationsKey,
      });
    }
    this.security = clusterSecurityGroups(stack, {
      name: this.name,
      vpcId: this.network.vpcId,
      webhookPorts: props.webhookPorts,
    });

    this.cluster = new Cluster(stack, 'cluster', {
      name: this.name,
      version: settings.kubernetesVersion,
      subnetIds: this.network.privateSubnetIds,
      securityGroup: this.security.controlPlane,
      secretsKey: clusterKey,
      logsKey: this.operationsKey,
      logRetentionDays: settings.logRetentionDays,
      publicAccessCidrs: settings.apiPublicAccessCidrs,
    });
    this.administratorRole = this.cluster.addAdministratorRole(accountId);
    const nodeGroups = props.nodeGroups.map(shape => this.#nodes(shape, props));
    new ClusterAddons(stack, 'addons', {
      cluster: this.cluster,
      nodeGroups,
      containerInsights: settings.containerInsights,
      volumeTags: props.volumeTags,
    });

    this.logsBucket = secureBucket(stack, 'logs-bucket', {
      encryption: { by: 's3' },
      versioned: true,
      expireAfterDays: settings.logRetentionDays,
    });
    this.alarms = new Alarms(stack, 'alarms', {
      name: this.name,
      accountId,
      key: this.operationsKey,
      email: settings.alarmEmail || undefined,
    });
    if (settings.containerInsights) {
      const sum = (count: (shape: NodeGroupShape) => number) =>
        props.nodeGroups.reduce((total, shape) => total + count(shape), 0);
      addClusterAlarms(this.alarms, {
        name: this.name,
        nodeMinSize: sum(({ minSize }) => minSize),
        nodeMaxSize: sum(({ maxSize }) => maxSize),
      });
    }
  }

  /** A group that pods reach on one port, and nobody else. */
  dataSecurity(kind: string, port: number, what: string): SecurityGroup {
    const group = new SecurityGroup(this.#stack, `${kind}-security`, {
      name: `${this.name}-${kind}`,
      vpcId: this.network.vpcId,
      description: `${what} of ${this.name}`,
    });
    this.security.nodes.allowTo(`to-${kind}`, group, {
      from: port,
      description: `Pods to ${what}`,
    });
    return group;
  }

  /** CloudTrail of the region and of these buckets. */
  audit(watchedBuckets: Bucket[]): void {
    new AuditTrail(this.#stack, 'audit-trail', {
      name: this.name,
      accountId: this.place.accountId,
      region: this.place.region,
      bucket: this.logsBucket,
      watchedBuckets,
    });
  }

  #key(kind: string, what: string): EnvironmentKey {
    return new EnvironmentKey(this.#stack, `${kind}-key`, {
      alias: `${this.name}/${kind}`,
      description: `${what} of ${this.name}`,
      pendingWindowDays: KEY_PENDING_DAYS,
    });
  }

  #nodes(shape: NodeGroupShape, { settings, place }: FoundationProps) {
    const group = new NodeGroup(this.#stack, `${shape.name}-nodes`, {
      ...shape,
      cluster: this.cluster,
      subnetIds: this.network.privateSubnetIds,
      securityGroup: this.security.nodes,
      volumeGb: settings.nodeVolumeGb,
      metadataForPods: settings.containerInsights,
      tags: place.tags,
    });
    group.resource.node.addDependency(...this.network.egress);
    return group;
  }
}
