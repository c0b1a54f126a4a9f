import { Tags } from 'aws-cdk-lib';
import {
  CfnSecurityGroup,
  CfnSecurityGroupEgress,
  CfnSecurityGroupIngress,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** TCP ports of a rule, and the sentence that AWS shows beside it. @public */
export interface RulePorts {
  from: number;
  to?: number;
  protocol?: 'tcp' | 'udp' | '-1';
  description: string;
}

/**
 * A layer-3/4 filter that lets nothing in or out but what is named (rows 004-15, 004-39). Each rule is a
 * resource of its own, so that two groups can name each other.
 *
 * @public
 */
export class SecurityGroup extends Construct {
  readonly groupId: string;

  constructor(
    scope: Construct,
    id: string,
    props: { name: string; vpcId: string; description: string },
  ) {
    super(scope, id);
    const group = new CfnSecurityGroup(this, 'Resource', {
      groupDescription: props.description,
      vpcId: props.vpcId,
      // An explicit rule takes the place of the default "all traffic" one.
      securityGroupEgress: [
        {
          ipProtocol: 'icmp',
          fromPort: 252,
          toPort: 86,
          cidrIp: '255.255.255.255/32',
          description: 'Disallow all traffic',
        },
      ],
    });
    Tags.of(group).add('Name', props.name);
    this.groupId = group.attrGroupId;
  }

  /** Lets connections from an address range in. */
  allowFromCidr(id: string, cidr: string, ports: RulePorts): this {
    new CfnSecurityGroupIngress(this, id, {
      groupId: this.groupId,
      cidrIp: cidr,
      ...rule(ports),
    });
    return this;
  }

  /** Lets connections out to an address range. */
  allowToCidr(id: string, cidr: string, ports: RulePorts): this {
    new CfnSecurityGroupEgress(this, id, {
      groupId: this.groupId,
      cidrIp: cidr,
      ...rule(ports),
    });
    return this;
  }

  /** Lets connections to another group out of this one and into that one. */
  allowTo(id: string, other: SecurityGroup, ports: RulePorts): this {
    new CfnSecurityGroupEgress(this, `${id}-egress`, {
      groupId: this.groupId,
      destinationSecurityGroupId: other.groupId,
      ...rule(ports),
    });
    new CfnSecurityGroupIngress(other, `${id}-ingress`, {
      groupId: other.groupId,
      sourceSecurityGroupId: this.groupId,
      ...rule(ports),
    });
    return this;
  }
}

function rule(ports: RulePorts) {
  const protocol = ports.protocol ?? 'tcp';
  return {
    ipProtocol: protocol,
    ...(protocol === '-1'
      ? {}
      : { fromPort: ports.from, toPort: ports.to ?? ports.from }),
    description: ports.description,
  };
}
