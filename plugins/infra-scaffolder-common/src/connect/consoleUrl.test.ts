import { consoleUrl } from './consoleUrl';

describe('consoleUrl', () => {
  it.each([
    [
      'AWS::EC2::VPC',
      'vpc-1',
      'https://eu-west-1.console.aws.amazon.com/vpcconsole/home?region=eu-west-1#VpcDetails:VpcId=vpc-1',
    ],
    [
      'AWS::EKS::Cluster',
      'shop-dev',
      'https://eu-west-1.console.aws.amazon.com/eks/home?region=eu-west-1#/clusters/shop-dev',
    ],
    [
      'AWS::EKS::Nodegroup',
      'shop-dev/workers',
      'https://eu-west-1.console.aws.amazon.com/eks/home?region=eu-west-1#/clusters/shop-dev/nodegroups/workers',
    ],
    [
      'AWS::RDS::DBInstance',
      'shop-db',
      'https://eu-west-1.console.aws.amazon.com/rds/home?region=eu-west-1#database:id=shop-db;is-cluster=false',
    ],
    [
      'AWS::Logs::LogGroup',
      '/aws/eks/shop',
      'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Feks$252Fshop',
    ],
    [
      'AWS::SecretsManager::Secret',
      'arn:aws:secretsmanager:eu-west-1:1:secret:shop/db-AbC123',
      'https://eu-west-1.console.aws.amazon.com/secretsmanager/secret?name=shop%2Fdb&region=eu-west-1',
    ],
    [
      'AWS::S3::Bucket',
      'shop-logs',
      'https://eu-west-1.console.aws.amazon.com/s3/buckets/shop-logs?region=eu-west-1',
    ],
  ])('leads to the page of %s', (type, id, url) => {
    expect(consoleUrl(type, id, 'eu-west-1')).toBe(url);
  });

  it('leads into the partition of the region', () => {
    expect(consoleUrl('AWS::EC2::VPC', 'vpc-1', 'cn-north-1')).toMatch(
      /^https:\/\/cn-north-1\.console\.amazonaws\.cn\//,
    );
    expect(consoleUrl('AWS::EC2::VPC', 'vpc-1', 'us-gov-west-1')).toMatch(
      /^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\//,
    );
  });

  it.each([
    ['AWS::EC2::Route', 'rtb-1|0.0.0.0/0'],
    ['AWS::EC2::VPC', undefined],
    ['AWS::EC2::VPC', ''],
  ])('leads nowhere where there is no page: %s %s', (type, id) => {
    expect(consoleUrl(type, id, 'eu-west-1')).toBeUndefined();
  });
});
