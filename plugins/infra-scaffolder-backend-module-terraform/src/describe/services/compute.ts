import { block, type TypeDescription } from '../properties';

/** Roles, clusters, balancers. */
export const compute: Record<string, TypeDescription> = {
  aws_iam_role: {
    type: 'AWS::IAM::Role',
    names: {
      name: 'RoleName',
      assume_role_policy: 'AssumeRolePolicyDocument',
      permissions_boundary: 'PermissionsBoundary',
    },
    documents: ['assume_role_policy'],
    omit: [
      'create_date',
      'force_detach_policies',
      'inline_policy',
      'managed_policy_arns',
      'name_prefix',
      'unique_id',
    ],
  },
  aws_iam_policy: {
    type: 'AWS::IAM::ManagedPolicy',
    names: { name: 'ManagedPolicyName', policy: 'PolicyDocument' },
    documents: ['policy'],
  },
  aws_iam_role_policy: {
    type: 'AWS::IAM::RolePolicy',
    names: { name: 'PolicyName', role: 'RoleName', policy: 'PolicyDocument' },
    documents: ['policy'],
  },
  aws_iam_instance_profile: { type: 'AWS::IAM::InstanceProfile' },
  aws_iam_openid_connect_provider: {
    type: 'AWS::IAM::OIDCProvider',
    names: {
      client_id_list: 'ClientIdList',
      thumbprint_list: 'ThumbprintList',
    },
  },
  aws_iam_user: { type: 'AWS::IAM::User', names: { name: 'UserName' } },
  aws_iam_access_key: {
    type: 'AWS::IAM::AccessKey',
    names: { user: 'UserName' },
  },
  aws_eks_cluster: {
    type: 'AWS::EKS::Cluster',
    omit: [
      'vpc_config',
      'certificate_authority',
      'identity',
      'encryption_config',
    ],
    reshape: attributes => {
      const network = block(attributes.vpc_config);
      return {
        ResourcesVpcConfig: {
          SubnetIds: network.subnet_ids ?? [],
          SecurityGroupIds: network.security_group_ids ?? [],
          EndpointPrivateAccess: network.endpoint_private_access ?? false,
          EndpointPublicAccess: network.endpoint_public_access ?? true,
          PublicAccessCidrs: network.public_access_cidrs ?? [],
        },
        EncryptionConfig: [attributes.encryption_config ?? []]
          .flat()
          .map(entry => {
            const each = block(entry);
            return {
              Resources: each.resources ?? [],
              Provider: { KeyArn: block(each.provider).key_arn ?? null },
            };
          }),
      };
    },
  },
  aws_eks_node_group: {
    type: 'AWS::EKS::Nodegroup',
    names: { node_group_name: 'NodegroupName', node_role_arn: 'NodeRole' },
    single: ['launch_template', 'update_config'],
    omit: ['resources', 'status', 'scaling_config', 'subnet_ids'],
    reshape: attributes => {
      const scaling = block(attributes.scaling_config);
      return {
        Subnets: attributes.subnet_ids,
        ScalingConfig: {
          MinSize: scaling.min_size ?? null,
          MaxSize: scaling.max_size ?? null,
          DesiredSize: scaling.desired_size ?? null,
        },
      };
    },
  },
  aws_eks_addon: { type: 'AWS::EKS::Addon' },
  aws_eks_access_policy_association: {
    type: 'AWS::EKS::AccessPolicyAssociation',
  },
  aws_eks_access_entry: { type: 'AWS::EKS::AccessEntry' },
  aws_lb: {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    names: { load_balancer_type: 'Type' },
    omit: ['internal', 'dns_name', 'zone_id', 'arn_suffix', 'vpc_id'],
    reshape: ({ internal }) => ({
      Scheme: internal ? 'internal' : 'internet-facing',
    }),
  },
  aws_lb_target_group: { type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
  aws_lb_listener: {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    names: { default_action: 'DefaultActions' },
  },
  aws_lb_listener_rule: { type: 'AWS::ElasticLoadBalancingV2::ListenerRule' },
  aws_autoscaling_group: { type: 'AWS::AutoScaling::AutoScalingGroup' },
  aws_lambda_function: { type: 'AWS::Lambda::Function' },
};
