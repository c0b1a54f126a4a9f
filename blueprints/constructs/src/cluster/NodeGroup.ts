import { Tags } from 'aws-cdk-lib';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { SecurityGroup } from '../network/SecurityGroup';
import type { Cluster } from './Cluster';

/** @public */
export interface NodeGroupProps {
  cluster: Cluster;
  name: string;
  /** Private subnets. */
  subnetIds: string[];
  securityGroup: SecurityGroup;
  instanceTypes: string[];
  capacityType: 'ON_DEMAND' | 'SPOT';
  minSize: number;
  desiredSize: number;
  maxSize: number;
  volumeGb: number;
  /** Lets pods ask the instance who it is, which the CloudWatch agent must; else metadata ends at the node. */
  metadataForPods: boolean;
  /** Keeps pods away that do not tolerate them. */
  taints?: Array<{
    key: string;
    value: string;
    effect: 'NO_SCHEDULE' | 'PREFER_NO_SCHEDULE';
  }>;
  /** Also on the instances and volumes, which take no tags from the group. */
  tags: Record<string, string>;
}

/**
 * A managed node group on private subnets (rows 004-06, 004-07, 004-37): Amazon Linux 2023, encrypted gp3
 * volumes, instance metadata by token only.
 *
 * @public
 */
export class NodeGroup extends Construct {
  readonly resource: CfnNodegroup;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const role = new Role(this, 'role', {
      description: `Nodes of ${props.cluster.name}`,
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [
        'AmazonEKSWorkerNodePolicy',
        'AmazonEC2ContainerRegistryPullOnly',
        'AmazonSSMManagedInstanceCore',
      ].map(name => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });

    const tags = Object.entries({
      Name: `${props.cluster.name}-${props.name}`,
      ...props.tags,
    }).map(([key, value]) => ({ key, value }));
    const launchTemplate = new CfnLaunchTemplate(this, 'launch-template', {
      tagSpecifications: [{ resourceType: 'launch-template', tags }],
      launchTemplateData: {
        securityGroupIds: [props.securityGroup.groupId],
        metadataOptions: {
          httpEndpoint: 'enabled',
          httpTokens: 'required',
          httpPutResponseHopLimit: props.metadataForPods ? 2 : 1,
        },
        monitoring: { enabled: true },
        blockDeviceMappings: [
          {
            deviceName: '/dev/xvda',
            ebs: {
              volumeType: 'gp3',
              volumeSize: props.volumeGb,
              encrypted: true,
              deleteOnTermination: true,
            },
          },
        ],
        tagSpecifications: ['instance', 'volume', 'network-interface'].map(
          resourceType => ({ resourceType, tags }),
        ),
      },
    });

    this.resource = new CfnNodegroup(this, 'Resource', {
      clusterName: props.cluster.resource.ref,
      nodegroupName: props.name,
      nodeRole: role.roleArn,
      subnets: props.subnetIds,
      amiType: 'AL2023_x86_64_STANDARD',
      capacityType: props.capacityType,
      instanceTypes: props.instanceTypes,
      taints: props.taints,
      scalingConfig: {
        minSize: props.minSize,
        desiredSize: props.desiredSize,
        maxSize: props.maxSize,
      },
      updateConfig: { maxUnavailablePercentage: 33 },
      launchTemplate: {
        id: launchTemplate.ref,
        version: launchTemplate.attrLatestVersionNumber,
      },
    });
    Tags.of(this.resource).add('Name', `${props.cluster.name}-${props.name}`);
  }
}
