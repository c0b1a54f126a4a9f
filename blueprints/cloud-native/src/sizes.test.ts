import {
  inputFor,
  ofType,
  only,
  synthesize,
  type Template,
} from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

const templateOf = (size: string, parameters = {}): Template =>
  synthesize(subject, inputFor(subject, size, parameters)).template;

function nodeGroups(template: Template) {
  return ofType(template, 'AWS::EKS::Nodegroup').map(({ Properties }) => [
    Properties.CapacityType,
    Properties.InstanceTypes,
    Object.values(Properties.ScalingConfig),
  ]);
}

describe('production', () => {
  const template = templateOf('prod');

  it('keeps 60 % of nodes on demand and 40 % spot, at every bound (001-06, 001-21)', () => {
    expect(nodeGroups(template)).toEqual([
      ['ON_DEMAND', ['t3.large'], [3, 9, 3]],
      ['SPOT', ['t3.large', 't3a.large'], [2, 6, 2]],
    ]);
    for (const { Properties } of ofType(template, 'AWS::EKS::Nodegroup')) {
      expect(Properties.Subnets).toHaveLength(3);
    }
  });

  it('scales Aurora from 0.5 to 16 ACU, as first of a global database (001-08, 001-18)', () => {
    expect(only(template, 'AWS::RDS::DBCluster').Properties).toMatchObject({
      Engine: 'aurora-postgresql',
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 16 },
      GlobalClusterIdentifier: { Ref: 'DatabaseGlobalCluster' },
      BackupRetentionPeriod: 35,
      DeletionProtection: true,
      StorageEncrypted: true,
      EnableIAMDatabaseAuthentication: true,
    });
    expect(
      ofType(template, 'AWS::RDS::DBInstance').map(
        ({ Properties }) => Properties.DBInstanceClass,
      ),
    ).toEqual(['db.serverless', 'db.serverless']);
  });

  it('has three nodes of Redis in one shard that can become more (001-09)', () => {
    expect(
      only(template, 'AWS::ElastiCache::ReplicationGroup').Properties,
    ).toMatchObject({
      CacheNodeType: 'cache.r7g.large',
      NumNodeGroups: 1,
      ReplicasPerNodeGroup: 2,
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      TransitEncryptionEnabled: true,
      AtRestEncryptionEnabled: true,
    });
    expect(
      only(template, 'AWS::ElastiCache::ParameterGroup').Properties.Properties,
    ).toMatchObject({ 'cluster-enabled': 'yes' });
  });

  it('moves objects by their use, and work through a topic and a queue (001-10)', () => {
    expect(
      template.Resources.StorageBucket.Properties.LifecycleConfiguration.Rules,
    ).toContainEqual(
      expect.objectContaining({
        Transitions: [
          { StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 },
        ],
      }),
    );
    expect(only(template, 'AWS::SNS::Subscription').Properties).toMatchObject({
      Protocol: 'sqs',
      RawMessageDelivery: true,
    });
    expect(
      template.Resources.WorkQueue.Properties.RedrivePolicy.maxReceiveCount,
    ).toBe(5);
  });

  it('stands behind a firewall and CloudFront (001-04, 001-12)', () => {
    const rules = only(template, 'AWS::WAFv2::WebACL').Properties.Rules;
    expect(rules.map((rule: { Name: string }) => rule.Name)).toEqual([
      'limit-by-address',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesSQLiRuleSet',
    ]);
    const { DistributionConfig } = only(
      template,
      'AWS::CloudFront::Distribution',
    ).Properties;
    expect(DistributionConfig.Origins[0].DomainName).toEqual({
      'Fn::GetAtt': ['EdgeLoadBalancer', 'DNSName'],
    });
  });
});

describe('two regions', () => {
  const names = {
    domainName: 'shop.example.com',
    hostedZoneId: 'Z0123456789ABC',
  };
  const primary = templateOf('prod', subject.everything);
  const standby = templateOf('standby', names);

  it('share a name of the origin, which Route 53 moves within a minute (001-33, 001-34)', () => {
    const routed = [primary, standby].map(
      template => template.Resources.RoutingRecord.Properties,
    );
    expect(routed.map(({ Name, Failover }) => [Name, Failover])).toEqual([
      ['origin.shop.example.com', 'PRIMARY'],
      ['origin.shop.example.com', 'SECONDARY'],
    ]);
    const { HealthCheckConfig } = only(
      primary,
      'AWS::Route53::HealthCheck',
    ).Properties;
    expect(
      HealthCheckConfig.RequestInterval * HealthCheckConfig.FailureThreshold,
    ).toBeLessThan(60);
    expect(
      only(primary, 'AWS::CloudFront::Distribution').Properties
        .DistributionConfig.Origins[0].DomainName,
    ).toBe('origin.shop.example.com');
    expect(ofType(standby, 'AWS::CloudFront::Distribution')).toEqual([]);
  });

  it('the standby follows database and cache and makes no login of its own (001-18)', () => {
    const cluster = only(standby, 'AWS::RDS::DBCluster').Properties;
    expect(cluster.GlobalClusterIdentifier).toBe('slipway-shop-east');
    expect(cluster).not.toHaveProperty('MasterUsername');
    expect(
      only(standby, 'AWS::ElastiCache::ReplicationGroup').Properties,
    ).toMatchObject({ GlobalReplicationGroupId: 'ldgnf-slipway-shop-east' });
    expect(ofType(standby, 'AWS::SecretsManager::Secret')).toEqual([]);
    expect(
      ofType(primary, 'AWS::SecretsManager::Secret').map(
        ({ Properties }) => Properties.ReplicaRegions,
      ),
    ).toEqual([[{ Region: 'us-west-2' }], [{ Region: 'us-west-2' }]]);
  });

  it('the primary copies objects to the buckets that the standby has (001-18, 001-32)', () => {
    const west = synthesize(
      subject,
      inputFor(
        subject,
        'standby',
        {},
        {
          stackName: 'slipway-shop-west',
          region: 'us-west-2',
        },
      ),
    ).template;
    const targets = ofType(primary, 'AWS::S3::Bucket').flatMap(
      ({ Properties }) => Properties.ReplicationConfiguration?.Rules ?? [],
    );
    expect(targets).toHaveLength(2);
    for (const [index, id] of ['StorageBucket', 'BackupsBucket'].entries()) {
      expect(JSON.stringify(targets[index].Destination.Bucket)).toContain(
        `:s3:::${west.Resources[id].Properties.BucketName}`,
      );
    }
    for (const { Destination } of targets) {
      expect(Destination.ReplicationTime.Time.Minutes).toBe(15);
    }
    expect(
      ofType(templateOf('prod'), 'AWS::S3::Bucket').filter(
        ({ Properties }) => Properties.ReplicationConfiguration,
      ),
    ).toEqual([]);
  });

  it('the standby keeps one node warm (001-36)', () => {
    expect(nodeGroups(standby).map(group => group[2])).toEqual([
      [1, 9, 1],
      [0, 6, 0],
    ]);
  });
});
