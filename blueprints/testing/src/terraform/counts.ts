import type { Template } from '../subject';
import type { PlannedResource } from './Terraform';

/** Types of Terraform's provider by CloudFormation's. */
const TYPES: Record<string, string> = {
  'AWS::AccessAnalyzer::Analyzer': 'aws_accessanalyzer_analyzer',
  'AWS::ApplicationAutoScaling::ScalableTarget': 'aws_appautoscaling_target',
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'aws_appautoscaling_policy',
  'AWS::Backup::BackupPlan': 'aws_backup_plan',
  'AWS::Backup::BackupSelection': 'aws_backup_selection',
  'AWS::CertificateManager::Certificate': 'aws_acm_certificate',
  'AWS::CloudFront::Distribution': 'aws_cloudfront_distribution',
  'AWS::CloudTrail::Trail': 'aws_cloudtrail',
  'AWS::CloudWatch::Alarm': 'aws_cloudwatch_metric_alarm',
  'AWS::CloudWatch::Dashboard': 'aws_cloudwatch_dashboard',
  'AWS::DynamoDB::Table': 'aws_dynamodb_table',
  'AWS::EC2::EIP': 'aws_eip',
  'AWS::EC2::FlowLog': 'aws_flow_log',
  'AWS::EC2::Instance': 'aws_instance',
  'AWS::EC2::InternetGateway': 'aws_internet_gateway',
  'AWS::EC2::LaunchTemplate': 'aws_launch_template',
  'AWS::EC2::NatGateway': 'aws_nat_gateway',
  'AWS::EC2::NetworkAcl': 'aws_network_acl',
  'AWS::EC2::NetworkAclEntry': 'aws_network_acl_rule',
  'AWS::EC2::Route': 'aws_route',
  'AWS::EC2::RouteTable': 'aws_route_table',
  'AWS::EC2::SecurityGroup': 'aws_security_group',
  'AWS::EC2::SecurityGroupEgress': 'aws_vpc_security_group_egress_rule',
  'AWS::EC2::SecurityGroupIngress': 'aws_vpc_security_group_ingress_rule',
  'AWS::EC2::Subnet': 'aws_subnet',
  'AWS::EC2::SubnetNetworkAclAssociation': 'aws_network_acl_association',
  'AWS::EC2::SubnetRouteTableAssociation': 'aws_route_table_association',
  'AWS::EC2::VPC': 'aws_vpc',
  'AWS::EC2::VPCEndpoint': 'aws_vpc_endpoint',
  'AWS::EC2::VPCGatewayAttachment': 'aws_internet_gateway_attachment',
  'AWS::ECR::Repository': 'aws_ecr_repository',
  'AWS::EKS::AccessEntry': 'aws_eks_access_entry',
  'AWS::EKS::Addon': 'aws_eks_addon',
  'AWS::EKS::Cluster': 'aws_eks_cluster',
  'AWS::EKS::Nodegroup': 'aws_eks_node_group',
  'AWS::ElastiCache::GlobalReplicationGroup':
    'aws_elasticache_global_replication_group',
  'AWS::ElastiCache::ParameterGroup': 'aws_elasticache_parameter_group',
  'AWS::ElastiCache::ReplicationGroup': 'aws_elasticache_replication_group',
  'AWS::ElastiCache::SubnetGroup': 'aws_elasticache_subnet_group',
  'AWS::ElasticLoadBalancingV2::Listener': 'aws_lb_listener',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'aws_lb',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'aws_lb_target_group',
  'AWS::IAM::InstanceProfile': 'aws_iam_instance_profile',
  'AWS::IAM::OIDCProvider': 'aws_iam_openid_connect_provider',
  'AWS::IAM::Role': 'aws_iam_role',
  'AWS::KMS::Alias': 'aws_kms_alias',
  'AWS::KMS::Key': 'aws_kms_key',
  'AWS::Logs::LogGroup': 'aws_cloudwatch_log_group',
  'AWS::MSK::Cluster': 'aws_msk_cluster',
  'AWS::RDS::DBCluster': 'aws_rds_cluster',
  'AWS::RDS::DBClusterParameterGroup': 'aws_rds_cluster_parameter_group',
  'AWS::RDS::DBParameterGroup': 'aws_db_parameter_group',
  'AWS::RDS::DBSubnetGroup': 'aws_db_subnet_group',
  'AWS::RDS::GlobalCluster': 'aws_rds_global_cluster',
  'AWS::Route53::HealthCheck': 'aws_route53_health_check',
  'AWS::Route53::RecordSet': 'aws_route53_record',
  'AWS::S3::Bucket': 'aws_s3_bucket',
  'AWS::S3::BucketPolicy': 'aws_s3_bucket_policy',
  'AWS::SNS::Subscription': 'aws_sns_topic_subscription',
  'AWS::SNS::Topic': 'aws_sns_topic',
  'AWS::SNS::TopicPolicy': 'aws_sns_topic_policy',
  'AWS::SQS::Queue': 'aws_sqs_queue',
  'AWS::SQS::QueuePolicy': 'aws_sqs_queue_policy',
  'AWS::SecretsManager::RotationSchedule': 'aws_secretsmanager_secret_rotation',
  'AWS::SecretsManager::Secret': 'aws_secretsmanager_secret',
  'AWS::WAFv2::WebACL': 'aws_wafv2_web_acl',
  'AWS::WAFv2::WebACLAssociation': 'aws_wafv2_web_acl_association',
};

/** A database instance is one type for CloudFormation and, in a cluster, another for the provider. */
const MORE_TYPES: Record<string, string> = {
  aws_db_instance: 'AWS::RDS::DBInstance',
  aws_rds_cluster_instance: 'AWS::RDS::DBInstance',
};

/** Resources of the provider that are properties elsewhere, or nothing in AWS. */
const PARTS = new Set([
  'aws_acm_certificate_validation',
  'aws_ecr_lifecycle_policy',
  'aws_eks_access_policy_association',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_logging',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_replication_configuration',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
  'aws_secretsmanager_secret_version',
  'terraform_data',
]);

/** Likewise of CloudFormation: a role's default policy, and the secret's version with an address. */
const PARTS_OF_TEMPLATES = new Set([
  'AWS::IAM::Policy',
  'AWS::SecretsManager::SecretTargetAttachment',
]);

const BY_PROVIDER = new Map([
  ...Object.entries(TYPES).map(([type, name]) => [name, type] as const),
  ...Object.entries(MORE_TYPES),
]);

/** How many of each type of CloudFormation a plan makes. @throws Error for a type that has no counterpart yet */
export function countsOfPlan(
  resources: PlannedResource[],
): Record<string, number> {
  return counts(
    resources
      // CloudFormation makes and keeps the records that prove a certificate by itself.
      .filter(
        ({ type, address }) =>
          !PARTS.has(type) && !/aws_route53_record\.proof\b/.test(address),
      )
      .map(({ type }) => {
        const known = BY_PROVIDER.get(type);
        if (!known) {
          throw new Error(`${type} has no counterpart in counts.ts.`);
        }
        return known;
      }),
  );
}

/** How many of each type a template has. */
export function countsOfTemplate(template: Template): Record<string, number> {
  return counts(
    Object.values(template.Resources)
      .map(({ Type }) => Type)
      .filter(type => !PARTS_OF_TEMPLATES.has(type)),
  );
}

function counts(types: string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const type of types.sort()) found[type] = (found[type] ?? 0) + 1;
  return found;
}
