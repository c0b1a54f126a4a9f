import { Tags } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import {
  CfnInstanceProfile,
  ManagedPolicy,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { SecurityGroup } from './SecurityGroup';

/** @public */
export interface BastionProps {
  name: string;
  vpcId: string;
  /** A private subnet: Session Manager comes in from within. */
  subnetId: string;
  instanceType: string;
  /** Also on the volume, which takes none from the instance. */
  tags: Record<string, string>;
}

const AMAZON_LINUX =
  'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

/**
 * A host to come through (row 000-16). It has no port open to anybody: Session Manager carries the shell, SSH and forwarded
 * ports, and records who came.
 *
 * @public
 */
export class Bastion extends Construct {
  readonly instanceId: string;
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: BastionProps) {
    super(scope, id);
    const name = `${props.name}-bastion`;
    this.securityGroup = new SecurityGroup(this, 'security', {
      name,
      vpcId: props.vpcId,
      description: `Bastion of ${props.name}`,
    }).allowToCidr('to-internet', '0.0.0.0/0', {
      from: 443,
      description: 'Session Manager and packages, by NAT',
    });
    const role = new Role(this, 'role', {
      description: `Bastion of ${props.name}`,
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore'),
      ],
    });
    const profile = new CfnInstanceProfile(this, 'profile', {
      roles: [role.roleName],
    });
    const tags = Object.entries({ Name: name, ...props.tags }).map(
      ([key, value]) => ({ key, value }),
    );
    const template = new CfnLaunchTemplate(this, 'launch-template', {
      tagSpecifications: [{ resourceType: 'launch-template', tags }],
      launchTemplateData: {
        imageId: AMAZON_LINUX,
        instanceType: props.instanceType,
        iamInstanceProfile: { arn: profile.attrArn },
        securityGroupIds: [this.securityGroup.groupId],
        metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required' },
        blockDeviceMappings: [
          {
            deviceName: '/dev/xvda',
            ebs: {
              volumeType: 'gp3',
              volumeSize: 8,
              encrypted: true,
              deleteOnTermination: true,
            },
          },
        ],
        tagSpecifications: ['instance', 'volume'].map(resourceType => ({
          resourceType,
          tags,
        })),
      },
    });
    const instance = new CfnInstance(this, 'instance', {
      subnetId: props.subnetId,
      monitoring: true,
      launchTemplate: {
        launchTemplateId: template.ref,
        version: template.attrLatestVersionNumber,
      },
    });
    Tags.of(instance).add('Name', name);
    this.instanceId = instance.ref;
  }
}
