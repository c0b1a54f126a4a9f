import { Aws } from 'aws-cdk-lib';
import { CfnAddon } from 'aws-cdk-lib/aws-eks';
import { Construct } from 'constructs';
import type { Cluster } from './Cluster';
import { IrsaRole } from './IrsaRole';
import type { NodeGroup } from './NodeGroup';

/** @public */
export interface ClusterAddonsProps {
  cluster: Cluster;
  nodeGroups: NodeGroup[];
  /** Node, pod and container metrics in CloudWatch; they are charged by the metric. */
  containerInsights: boolean;
  /** On the volumes that pods ask for, e.g. one that a backup plan looks for. */
  volumeTags?: Record<string, string>;
}

/**
 * The add-ons of a cluster, owned by the stack, in the version that EKS has as default for its Kubernetes
 * (rows 004-06, 004-10, 004-16, 004-23). Networking stands before the first node, so that nodes become ready.
 *
 * The CNI enforces network policies, and keeps few spare addresses: with its own defaults twenty t3.xlarge would
 * hold 1,200 of the 753 addresses that three /24 have.
 *
 * @public
 */
export class ClusterAddons extends Construct {
  constructor(scope: Construct, id: string, props: ClusterAddonsProps) {
    super(scope, id);
    const { cluster, nodeGroups } = props;

    const cniRole = new IrsaRole(this, 'vpc-cni-role', {
      cluster,
      namespace: 'kube-system',
      serviceAccount: 'aws-node',
      description: `Pod networking of ${cluster.name}`,
      managedPolicyArns: [
        `arn:${Aws.PARTITION}:iam::aws:policy/AmazonEKS_CNI_Policy`,
      ],
    });
    const cni = this.#addon(cluster, 'vpc-cni', {
      serviceAccountRoleArn: cniRole.roleArn,
      configurationValues: JSON.stringify({
        enableNetworkPolicy: 'true',
        env: { MINIMUM_IP_TARGET: '10', WARM_IP_TARGET: '2' },
      }),
    });
    const proxy = this.#addon(cluster, 'kube-proxy');
    for (const nodeGroup of nodeGroups) {
      nodeGroup.resource.node.addDependency(cni, proxy);
    }

    const volumesRole = new IrsaRole(this, 'ebs-csi-role', {
      cluster,
      namespace: 'kube-system',
      serviceAccount: 'ebs-csi-controller-sa',
      description: `Persistent volumes of ${cluster.name}`,
      managedPolicyArns: [
        `arn:${Aws.PARTITION}:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy`,
      ],
    });
    const onNodes = [
      this.#addon(cluster, 'coredns'),
      this.#addon(cluster, 'aws-ebs-csi-driver', {
        serviceAccountRoleArn: volumesRole.roleArn,
        ...(props.volumeTags
          ? {
              configurationValues: JSON.stringify({
                controller: { extraVolumeTags: props.volumeTags },
              }),
            }
          : {}),
      }),
    ];
    if (props.containerInsights) {
      const metricsRole = new IrsaRole(this, 'cloudwatch-role', {
        cluster,
        namespace: 'amazon-cloudwatch',
        serviceAccount: 'cloudwatch-agent',
        description: `Node and pod metrics of ${cluster.name}`,
        managedPolicyArns: [
          `arn:${Aws.PARTITION}:iam::aws:policy/CloudWatchAgentServerPolicy`,
        ],
      });
      onNodes.push(
        this.#addon(cluster, 'amazon-cloudwatch-observability', {
          serviceAccountRoleArn: metricsRole.roleArn,
        }),
      );
    }
    for (const addon of onNodes) {
      addon.node.addDependency(...nodeGroups);
    }
  }

  #addon(
    cluster: Cluster,
    addonName: string,
    extra: {
      serviceAccountRoleArn?: string;
      configurationValues?: string;
    } = {},
  ): CfnAddon {
    return new CfnAddon(this, addonName, {
      clusterName: cluster.resource.ref,
      addonName,
      resolveConflicts: 'OVERWRITE',
      ...extra,
    });
  }
}
