import { inputFor, ofType, only, synthesize } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

const production = synthesize(
  subject,
  inputFor(subject, 'prod', subject.everything),
).template;

describe('production', () => {
  it('has the document’s nodes (002-06, 002-07)', () => {
    expect(only(production, 'AWS::EKS::Nodegroup').Properties).toMatchObject({
      NodegroupName: 'compute-optimized',
      InstanceTypes: ['c5.2xlarge'],
      ScalingConfig: { MinSize: 3, DesiredSize: 3, MaxSize: 10 },
    });
    expect(
      only(production, 'AWS::EC2::LaunchTemplate').Properties.LaunchTemplateData
        .BlockDeviceMappings[0].Ebs,
    ).toMatchObject({ VolumeSize: 100, VolumeType: 'gp3', Encrypted: true });
  });

  it('has the document’s database (002-10, 002-11, 002-12)', () => {
    const [instance, ...replicas] = ofType(production, 'AWS::RDS::DBInstance');
    expect(instance.Properties).toMatchObject({
      DBInstanceClass: 'db.r5.2xlarge',
      AllocatedStorage: '1000',
      StorageType: 'gp3',
      Iops: 16000,
      MultiAZ: true,
      BackupRetentionPeriod: 35,
    });
    expect(replicas).toHaveLength(2);
  });

  it('has the document’s cache (002-13)', () => {
    expect(
      only(production, 'AWS::ElastiCache::ReplicationGroup').Properties,
    ).toMatchObject({
      EngineVersion: '7.0',
      CacheNodeType: 'cache.r6g.xlarge',
      ClusterMode: 'enabled',
      NumNodeGroups: 1,
      ReplicasPerNodeGroup: 2,
    });
  });

  it('has the document’s Kafka, in three zones, by TLS and IAM (002-14)', () => {
    expect(only(production, 'AWS::MSK::Cluster').Properties).toMatchObject({
      KafkaVersion: '3.9.x',
      NumberOfBrokerNodes: 3,
      BrokerNodeGroupInfo: {
        InstanceType: 'kafka.m5.large',
        StorageInfo: { EBSStorageInfo: { VolumeSize: 1000 } },
      },
      ClientAuthentication: { Unauthenticated: { Enabled: false } },
      EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS' } },
    });
    expect(
      only(production, 'AWS::ApplicationAutoScaling::ScalableTarget')
        .Properties,
    ).toMatchObject({ ServiceNamespace: 'kafka', MaxCapacity: 2000 });
    expect(
      only(production, 'AWS::ApplicationAutoScaling::ScalingPolicy').Properties
        .TargetTrackingScalingPolicyConfiguration,
    ).toMatchObject({ TargetValue: 60, DisableScaleIn: true });
  });

  it('moves each kind of object to its class (002-15)', () => {
    const classes = ['Backups', 'Logs', 'Archives'].map(
      kind =>
        production.Resources[
          `Record${kind}Bucket`
        ].Properties.LifecycleConfiguration.Rules.find(
          (rule: { Transitions?: unknown }) => rule.Transitions,
        ).Transitions[0].StorageClass,
    );
    expect(classes).toEqual(['STANDARD_IA', 'INTELLIGENT_TIERING', 'GLACIER']);
  });

  it('has Origin Shield, a limit by address, and a health check (002-03, 002-04)', () => {
    const { DistributionConfig } = only(
      production,
      'AWS::CloudFront::Distribution',
    ).Properties;
    expect(DistributionConfig.Origins[0].OriginShield).toEqual({
      Enabled: true,
      OriginShieldRegion: 'us-east-1',
    });
    expect(
      only(production, 'AWS::WAFv2::WebACL').Properties.Rules[0].Statement,
    ).toHaveProperty('RateBasedStatement');
    expect(production.Resources.RoutingRecord.Properties.Failover).toBe(
      'PRIMARY',
    );
  });

  it('backs up the volumes of pods, by the tag that they get (002-16)', () => {
    const driver = ofType(production, 'AWS::EKS::Addon').find(
      ({ Properties }) => Properties.AddonName === 'aws-ebs-csi-driver',
    )!;
    const { extraVolumeTags } = JSON.parse(
      driver.Properties.ConfigurationValues,
    ).controller;
    const byTag = ofType(production, 'AWS::Backup::BackupSelection').find(
      ({ Properties }) => Properties.BackupSelection.Conditions,
    )!.Properties.BackupSelection.Conditions.StringEquals[0];
    expect(extraVolumeTags).toEqual({
      [byTag.ConditionKey.replace('aws:ResourceTag/', '')]:
        byTag.ConditionValue,
    });
  });
});

it('development takes spot nodes and a database too small for chosen IOPS (002-32)', () => {
  const { template } = synthesize(subject, inputFor(subject, 'dev'));
  expect(only(template, 'AWS::EKS::Nodegroup').Properties.CapacityType).toBe(
    'SPOT',
  );
  expect(only(template, 'AWS::RDS::DBInstance').Properties).not.toHaveProperty(
    'Iops',
  );
});
