import { inputFor, ofType, only, synthesize } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

const production = synthesize(subject, inputFor(subject, 'prod')).template;

describe('production', () => {
  it('has the network of the document: DNS, public and private subnets, NAT (000-13 to 000-16)', () => {
    expect(only(production, 'AWS::EC2::VPC').Properties).toMatchObject({
      CidrBlock: '10.0.0.0/16',
      EnableDnsSupport: true,
      EnableDnsHostnames: true,
    });
    expect(ofType(production, 'AWS::EC2::NatGateway')).toHaveLength(3);
    expect(
      ofType(production, 'AWS::EC2::Subnet').filter(
        ({ Properties }) => Properties.MapPublicIpOnLaunch,
      ),
    ).toEqual([]);
  });

  it('has a database with a replica, and a table, both restorable (000-09, 000-11)', () => {
    const [instance, ...replicas] = ofType(production, 'AWS::RDS::DBInstance');
    expect(instance.Properties).toMatchObject({
      MultiAZ: true,
      BackupRetentionPeriod: 14,
    });
    expect(replicas).toHaveLength(1);
    expect(only(production, 'AWS::DynamoDB::Table').Properties).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
  });

  it('has a bastion that nobody reaches but by Session Manager (000-16)', () => {
    const inbound = ofType(production, 'AWS::EC2::SecurityGroupIngress').filter(
      ({ Properties }) =>
        JSON.stringify(Properties.GroupId).includes('BastionSecurity'),
    );
    expect(inbound).toEqual([]);
    expect(
      production.Resources.BastionLaunchTemplate.Properties.LaunchTemplateData
        .MetadataOptions.HttpTokens,
    ).toBe('required');
  });
});

it('the standby’s database is a replica of the primary’s, in its own key (000-22)', () => {
  const { template } = synthesize(subject, inputFor(subject, 'standby'));
  expect(only(template, 'AWS::RDS::DBInstance').Properties).toMatchObject({
    SourceDBInstanceIdentifier:
      'arn:aws:rds:eu-west-1:123456789012:db:slipway-app-east-database',
    KmsKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] },
  });
  expect(ofType(template, 'AWS::SecretsManager::Secret')).toEqual([]);
});
