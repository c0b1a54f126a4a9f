import { Tags } from 'aws-cdk-lib';
import {
  CfnNetworkAcl,
  CfnNetworkAclEntry,
  CfnSubnetNetworkAclAssociation,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** @public */
export interface DataSubnetAclProps {
  name: string;
  vpcId: string;
  /** Of the VPC. */
  cidr: string;
  subnetIds: string[];
  /** TCP ports on which data is served. */
  ports: number[];
}

const TCP = 6;
const EPHEMERAL = { from: 1024, to: 65535 };

/**
 * A second fence around the database subnets (row 003-05), which a mistaken security group does not take down: in come
 * connections from within the VPC to the ports of data, out go the answers, and nothing else.
 *
 * @public
 */
export class DataSubnetAcl extends Construct {
  constructor(scope: Construct, id: string, props: DataSubnetAclProps) {
    super(scope, id);
    const acl = new CfnNetworkAcl(this, 'Resource', { vpcId: props.vpcId });
    Tags.of(acl).add('Name', `${props.name}-database`);
    const entry = (
      entryId: string,
      ruleNumber: number,
      egress: boolean,
      portRange: { from: number; to: number },
    ) =>
      new CfnNetworkAclEntry(this, entryId, {
        networkAclId: acl.ref,
        ruleNumber,
        egress,
        protocol: TCP,
        ruleAction: 'allow',
        cidrBlock: props.cidr,
        portRange,
      });
    for (const [index, port] of props.ports.entries()) {
      entry(`in-${port}`, 100 + index, false, { from: port, to: port });
    }
    // Nodes of a database or cache speak to one another across the subnets.
    entry('in-answers', 200, false, EPHEMERAL);
    entry('out-answers', 200, true, EPHEMERAL);
    for (const [index, subnetId] of props.subnetIds.entries()) {
      new CfnSubnetNetworkAclAssociation(this, `association-${index + 1}`, {
        networkAclId: acl.ref,
        subnetId,
      });
    }
  }
}
