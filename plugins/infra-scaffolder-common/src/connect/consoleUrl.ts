type Link = (id: string, region: string) => string | undefined;

const vpc =
  (page: string, key: string): Link =>
  id =>
    `vpcconsole/home#${page}:${key}=${encodeURIComponent(id)}`;
const ec2 =
  (page: string): Link =>
  id =>
    `ec2/home#${page}${encodeURIComponent(id)}`;

/** Page of a resource within its service's console, by type; `id` is its physical id. */
const LINKS: Record<string, Link> = {
  'AWS::CloudFormation::Stack': id =>
    `cloudformation/home#/stacks/stackinfo?stackId=${encodeURIComponent(id)}`,
  'AWS::CloudWatch::Alarm': id =>
    `cloudwatch/home#alarmsV2:alarm/${encodeURIComponent(id)}`,
  'AWS::CloudWatch::Dashboard': id =>
    `cloudwatch/home#dashboards/dashboard/${encodeURIComponent(id)}`,
  'AWS::DynamoDB::Table': id =>
    `dynamodbv2/home#table?name=${encodeURIComponent(id)}`,
  'AWS::EC2::EIP': id => `vpcconsole/home#Addresses:PublicIp=${id}`,
  'AWS::EC2::FlowLog': id => `vpcconsole/home#FlowLogs:search=${id}`,
  'AWS::EC2::Instance': id => `ec2/home#InstanceDetails:instanceId=${id}`,
  'AWS::EC2::InternetGateway': vpc('InternetGateway', 'internetGatewayId'),
  'AWS::EC2::LaunchTemplate': id =>
    `ec2/home#LaunchTemplateDetails:launchTemplateId=${id}`,
  'AWS::EC2::NatGateway': vpc('NatGatewayDetails', 'natGatewayId'),
  'AWS::EC2::NetworkAcl': vpc('NetworkAclDetails', 'networkAclId'),
  'AWS::EC2::RouteTable': vpc('RouteTableDetails', 'RouteTableId'),
  'AWS::EC2::SecurityGroup': ec2('SecurityGroup:groupId='),
  'AWS::EC2::Subnet': vpc('SubnetDetails', 'subnetId'),
  'AWS::EC2::VPC': vpc('VpcDetails', 'VpcId'),
  'AWS::EC2::VPCEndpoint': vpc('EndpointDetails', 'vpcEndpointId'),
  'AWS::ECR::Repository': id =>
    `ecr/private-registry/repositories?search=${encodeURIComponent(id)}`,
  'AWS::EKS::Cluster': id => `eks/home#/clusters/${encodeURIComponent(id)}`,
  'AWS::EKS::Nodegroup': id => {
    const [cluster, nodegroup] = id.split('/');
    return nodegroup
      ? `eks/home#/clusters/${cluster}/nodegroups/${nodegroup}`
      : undefined;
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': id =>
    `ec2/home#LoadBalancer:loadBalancerArn=${encodeURIComponent(id)}`,
  'AWS::ElasticLoadBalancingV2::TargetGroup': id =>
    `ec2/home#TargetGroup:targetGroupArn=${encodeURIComponent(id)}`,
  'AWS::IAM::InstanceProfile': () => undefined,
  'AWS::IAM::ManagedPolicy': id =>
    `iam/home#/policies/details/${encodeURIComponent(id)}`,
  'AWS::IAM::OIDCProvider': id =>
    `iam/home#/identity_providers/details/OPENID/${encodeURIComponent(id)}`,
  'AWS::IAM::Role': id => `iam/home#/roles/details/${encodeURIComponent(id)}`,
  'AWS::KMS::Key': id => `kms/home#/kms/keys/${id}`,
  'AWS::Lambda::Function': id =>
    `lambda/home#/functions/${encodeURIComponent(id)}`,
  'AWS::Logs::LogGroup': id =>
    `cloudwatch/home#logsV2:log-groups/log-group/${twiceEncoded(id)}`,
  'AWS::RDS::DBCluster': id =>
    `rds/home#database:id=${encodeURIComponent(id)};is-cluster=true`,
  'AWS::RDS::DBInstance': id =>
    `rds/home#database:id=${encodeURIComponent(id)};is-cluster=false`,
  'AWS::RDS::DBSubnetGroup': id =>
    `rds/home#db-subnet-group:id=${encodeURIComponent(id)}`,
  'AWS::RDS::DBParameterGroup': id =>
    `rds/home#parameter-groups-detail:ids=${encodeURIComponent(
      id,
    )};type=DbParameterGroup`,
  'AWS::S3::Bucket': id => `s3/buckets/${encodeURIComponent(id)}`,
  'AWS::SNS::Topic': id => `sns/v3/home#/topic/${id}`,
  'AWS::SQS::Queue': id => `sqs/v3/home#/queues/${encodeURIComponent(id)}`,
  'AWS::SSM::Parameter': id =>
    `systems-manager/parameters/${encodeURIComponent(id)}/description`,
  'AWS::SecretsManager::Secret': id =>
    `secretsmanager/secret?name=${encodeURIComponent(secretName(id))}`,
};

/**
 * Deep link into the AWS console, in the partition of the region.
 *
 * @returns undefined where there is no page for the type, or nothing exists yet.
 * @public
 */
export function consoleUrl(
  type: string,
  physicalId: string | undefined,
  region: string,
): string | undefined {
  const path = physicalId && LINKS[type]?.(physicalId, region);
  if (!path) {
    return undefined;
  }
  const [page, fragment] = path.split('#');
  const url = new URL(`https://${consoleHost(region)}/${page}`);
  url.searchParams.set('region', region);
  url.hash = fragment ?? '';
  return url.href;
}

function consoleHost(region: string): string {
  if (region.startsWith('cn-')) {
    return `${region}.console.amazonaws.cn`;
  }
  if (region.startsWith('us-gov-')) {
    return `${region}.console.amazonaws-us-gov.com`;
  }
  return `${region}.console.aws.amazon.com`;
}

/** The console's own encoding of a name within a fragment: `/` becomes `$252F`. */
function twiceEncoded(name: string): string {
  return encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$');
}

/** A secret's physical id is its ARN: the name and six random characters. */
function secretName(arn: string): string {
  const name = arn.split(':secret:')[1];
  return name ? name.replace(/-[A-Za-z0-9]{6}$/, '') : arn;
}
