import type { JsonObject, JsonValue } from '@backstage/types';
import {
  block,
  blocks,
  isObject,
  isUnset,
  type TypeDescription,
  withoutUnset,
} from '../properties';
import { unwrapped } from '../unwrapped';

const NOT_OF_DATA = new Set([
  'arn',
  'default_version',
  'description',
  'id',
  'latest_version',
  'name',
  'name_prefix',
  'tags',
  'update_default_version',
]);

export const ec2: Record<string, TypeDescription> = {
  aws_vpc: { type: 'AWS::EC2::VPC' },
  aws_subnet: { type: 'AWS::EC2::Subnet' },
  aws_internet_gateway_attachment: { type: 'AWS::EC2::VPCGatewayAttachment' },
  aws_internet_gateway: { type: 'AWS::EC2::InternetGateway' },
  aws_nat_gateway: { type: 'AWS::EC2::NatGateway' },
  aws_eip: { type: 'AWS::EC2::EIP' },
  aws_route_table: { type: 'AWS::EC2::RouteTable', omit: ['route'] },
  aws_route: {
    type: 'AWS::EC2::Route',
    names: { destination_cidr_block: 'DestinationCidrBlock' },
  },
  aws_route_table_association: {
    type: 'AWS::EC2::SubnetRouteTableAssociation',
  },
  aws_network_acl: {
    type: 'AWS::EC2::NetworkAcl',
    omit: ['ingress', 'egress'],
  },
  aws_network_acl_rule: { type: 'AWS::EC2::NetworkAclEntry' },
  aws_network_acl_association: {
    type: 'AWS::EC2::SubnetNetworkAclAssociation',
  },
  aws_flow_log: { type: 'AWS::EC2::FlowLog' },
  aws_vpc_endpoint: {
    type: 'AWS::EC2::VPCEndpoint',
    documents: ['policy'],
    names: { policy: 'PolicyDocument' },
  },
  aws_vpc_peering_connection: { type: 'AWS::EC2::VPCPeeringConnection' },
  aws_security_group: {
    type: 'AWS::EC2::SecurityGroup',
    names: { name: 'GroupName', description: 'GroupDescription' },
    omit: ['ingress', 'egress', 'name_prefix', 'revoke_rules_on_delete'],
    reshape: ({ ingress, egress }) => ({
      SecurityGroupIngress: blocks(ingress).flatMap(each =>
        rulesOf(each, 'Source'),
      ),
      SecurityGroupEgress: blocks(egress).flatMap(each =>
        rulesOf(each, 'Destination'),
      ),
    }),
  },
  aws_security_group_rule: {
    type: 'AWS::EC2::SecurityGroupIngress',
    reshape: attributes => rulesOf(attributes, 'Source')[0] ?? {},
    names: { security_group_id: 'GroupId' },
    omit: ['cidr_blocks', 'ipv6_cidr_blocks', 'protocol', 'self', 'type'],
  },
  aws_vpc_security_group_ingress_rule: {
    type: 'AWS::EC2::SecurityGroupIngress',
    names: {
      security_group_id: 'GroupId',
      cidr_ipv4: 'CidrIp',
      cidr_ipv6: 'CidrIpv6',
      referenced_security_group_id: 'SourceSecurityGroupId',
      prefix_list_id: 'SourcePrefixListId',
    },
    omit: ['security_group_rule_id'],
  },
  aws_vpc_security_group_egress_rule: {
    type: 'AWS::EC2::SecurityGroupEgress',
    names: {
      security_group_id: 'GroupId',
      cidr_ipv4: 'CidrIp',
      cidr_ipv6: 'CidrIpv6',
      referenced_security_group_id: 'DestinationSecurityGroupId',
      prefix_list_id: 'DestinationPrefixListId',
    },
    omit: ['security_group_rule_id'],
  },
  aws_instance: {
    type: 'AWS::EC2::Instance',
    names: { ami: 'ImageId', vpc_security_group_ids: 'SecurityGroupIds' },
    omit: [
      'launch_template',
      'get_password_data',
      'user_data_replace_on_change',
    ],
    reshape: ({ launch_template: template }) => {
      const { id, name, version } = block(template);
      return {
        LaunchTemplate:
          id || name
            ? withoutUnset({
                LaunchTemplateId: id,
                LaunchTemplateName: id ? undefined : name,
                Version: version,
              })
            : undefined,
      };
    },
  },
  aws_launch_template: {
    type: 'AWS::EC2::LaunchTemplate',
    names: { name: 'LaunchTemplateName' },
    only: ['name'],
    tags: 'TagSpecifications',
    reshape: launchTemplate,
  },
};

/** A template's own tags stand in a list by type of resource; those of what is launched are in its data. */
function launchTemplate(attributes: JsonObject) {
  const {
    tag_specifications: specifications,
    tags_all: all,
    ...data
  } = attributes;
  const pairs = (tags: JsonValue | undefined) =>
    Object.entries(isObject(tags) ? tags : {}).map(([Key, Value]) => ({
      Key,
      Value: Value ?? null,
    }));
  return {
    TagSpecifications: [{ ResourceType: 'launch-template', Tags: pairs(all) }],
    LaunchTemplateData: {
      ...(unwrapped(
        Object.fromEntries(
          Object.entries(data).filter(([name]) => !NOT_OF_DATA.has(name)),
        ),
        {
          lists: ['block_device_mappings', 'network_interfaces'],
          names: { vpc_security_group_ids: 'SecurityGroupIds' },
        },
      ) as JsonObject),
      TagSpecifications: blocks(specifications).map(
        ({ resource_type: type, tags }) => ({
          ResourceType: type ?? null,
          Tags: pairs(tags),
        }),
      ),
    },
  };
}

/** One rule of a Terraform block is one of CloudFormation for each address range and group. */
function rulesOf(
  rule: JsonObject,
  side: 'Source' | 'Destination',
): JsonObject[] {
  const common = withoutUnset({
    IpProtocol: rule.protocol,
    FromPort: rule.from_port,
    ToPort: rule.to_port,
    Description: rule.description,
  });
  const each = (name: string, values: JsonValue | undefined) =>
    (Array.isArray(values) ? values : [])
      .filter(value => !isUnset(value))
      .map(value => ({ ...common, [name]: value }));
  const rules = [
    ...each('CidrIp', rule.cidr_blocks),
    ...each('CidrIpv6', rule.ipv6_cidr_blocks),
    ...each(`${side}SecurityGroupId`, rule.security_groups),
    ...each(`${side}PrefixListId`, rule.prefix_list_ids),
  ];
  return rules.length > 0 ? rules : [common];
}
