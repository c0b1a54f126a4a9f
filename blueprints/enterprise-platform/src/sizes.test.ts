import { inputFor, ofType, only, synthesize } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describe.each([
  {
    size: 'dev',
    nodes: {
      types: ['t3.medium'],
      bounds: { MinSize: 1, DesiredSize: 2, MaxSize: 3 },
    },
    database: { type: 'db.t3.medium', instances: 1, days: 7 },
    cache: { type: 'cache.t3.small', shards: 1, replicas: 0 },
    protects: false,
  },
  {
    size: 'prod',
    nodes: {
      types: ['m5.large'],
      bounds: { MinSize: 2, DesiredSize: 3, MaxSize: 6 },
    },
    database: { type: 'db.r5.large', instances: 3, days: 35 },
    cache: { type: 'cache.m5.large', shards: 3, replicas: 1 },
    protects: true,
  },
])('size $size has what the document says', expected => {
  const { template } = synthesize(subject, inputFor(subject, expected.size));

  it('of nodes (003-12, 003-40, 003-41)', () => {
    const nodes = only(template, 'AWS::EKS::Nodegroup').Properties;
    expect(nodes).toMatchObject({
      AmiType: 'AL2023_x86_64_STANDARD',
      InstanceTypes: expected.nodes.types,
    });
    expect(nodes.ScalingConfig).toEqual(expected.nodes.bounds);
    expect(nodes.Subnets).toHaveLength(3);
  });

  it('of Aurora (003-15, 003-18, 003-20, 003-21)', () => {
    const cluster = only(template, 'AWS::RDS::DBCluster').Properties;
    expect(cluster).toMatchObject({
      Engine: 'aurora-postgresql',
      BackupRetentionPeriod: expected.database.days,
      DeletionProtection: expected.protects,
      StorageEncrypted: true,
      ManageMasterUserPassword: true,
    });
    const instances = ofType(template, 'AWS::RDS::DBInstance');
    expect(instances).toHaveLength(expected.database.instances);
    for (const { Properties } of instances) {
      expect(Properties).toMatchObject({
        DBInstanceClass: expected.database.type,
        EnablePerformanceInsights: true,
        PubliclyAccessible: false,
      });
    }
  });

  it('of Redis (003-09, 003-10, 003-22)', () => {
    const group = only(template, 'AWS::ElastiCache::ReplicationGroup');
    expect(group.Properties).toMatchObject({
      CacheNodeType: expected.cache.type,
      NumNodeGroups: expected.cache.shards,
      ReplicasPerNodeGroup: expected.cache.replicas,
      AtRestEncryptionEnabled: true,
      TransitEncryptionEnabled: true,
    });
    expect(JSON.stringify(group.Properties.AuthToken)).toContain(
      'resolve:secretsmanager',
    );
  });
});

describe('the fences', () => {
  it('let into database subnets the VPC only, on the ports of data (003-05)', () => {
    const { template } = synthesize(subject, inputFor(subject, 'prod'));
    const inbound = ofType(template, 'AWS::EC2::NetworkAclEntry')
      .map(({ Properties }) => Properties)
      .filter(({ Egress }) => !Egress);
    expect(inbound.map(rule => [rule.CidrBlock, rule.PortRange.From])).toEqual([
      ['10.0.0.0/16', 5432],
      ['10.0.0.0/16', 6379],
      ['10.0.0.0/16', 1024],
    ]);
    expect(
      ofType(template, 'AWS::EC2::SubnetNetworkAclAssociation'),
    ).toHaveLength(3);
  });

  it('can let Cloudflare alone to the load balancer (003-34)', () => {
    const { template } = synthesize(
      subject,
      inputFor(subject, 'prod', { onlyCloudflare: true }),
    );
    const open = ofType(template, 'AWS::EC2::SecurityGroupIngress')
      .map(({ Properties }) => Properties.CidrIp)
      .filter(Boolean);
    expect(open).toHaveLength(15);
    expect(open).not.toContain('0.0.0.0/0');
  });
});
