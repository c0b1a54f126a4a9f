import { inputFor, ofType, only, synthesize } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describe.each([
  {
    size: 'dev',
    database: { class: 'db.t3.micro', storage: '20', multiAz: false },
    nodes: { types: ['t3.medium'], min: 1, desired: 2, max: 3 },
    natGateways: 1,
    deletionPolicy: 'Delete',
  },
  {
    size: 'small',
    database: { class: 'db.t3.small', storage: '50', multiAz: false },
    nodes: { types: ['t3.medium', 't3.large'], min: 1, desired: 2, max: 6 },
    natGateways: 1,
    deletionPolicy: 'Delete',
  },
  {
    size: 'prod',
    database: { class: 'db.t3.small', storage: '100', multiAz: true },
    nodes: { types: ['t3.medium', 't3.large'], min: 1, desired: 3, max: 20 },
    natGateways: 3,
    deletionPolicy: 'Snapshot',
  },
])('size $size', expected => {
  const { template } = synthesize(subject, inputFor(subject, expected.size));

  it('has the database that the document asks for', () => {
    const database = only(template, 'AWS::RDS::DBInstance');
    expect(database.Properties).toMatchObject({
      Engine: 'postgres',
      EngineVersion: '15.13',
      DBInstanceClass: expected.database.class,
      AllocatedStorage: expected.database.storage,
      MultiAZ: expected.database.multiAz,
      BackupRetentionPeriod: 7,
      StorageEncrypted: true,
      PubliclyAccessible: false,
      DeletionProtection: expected.size === 'prod',
    });
    expect(database.DeletionPolicy).toBe(expected.deletionPolicy);
    expect(JSON.stringify(database.Properties.MasterUserPassword)).toContain(
      'resolve:secretsmanager',
    );
    expect(
      only(template, 'AWS::RDS::DBParameterGroup').Properties,
    ).toMatchObject({
      Family: 'postgres15',
      Parameters: { 'rds.force_ssl': '1', max_connections: '103' },
    });
  });

  it('has the node group that the document asks for', () => {
    const nodes = only(template, 'AWS::EKS::Nodegroup').Properties;
    expect(nodes).toMatchObject({
      NodegroupName: 'main',
      CapacityType: 'ON_DEMAND',
      InstanceTypes: expected.nodes.types,
      ScalingConfig: {
        MinSize: expected.nodes.min,
        DesiredSize: expected.nodes.desired,
        MaxSize: expected.nodes.max,
      },
    });
    expect(nodes.Subnets.map((subnet: { Ref: string }) => subnet.Ref)).toEqual([
      'NetworkPrivateSubnet1',
      'NetworkPrivateSubnet2',
      'NetworkPrivateSubnet3',
    ]);
  });

  it('has the subnets of the document in three zones, with NAT for the private ones', () => {
    const subnets = (tier: string) =>
      [1, 2, 3].map(
        zone =>
          template.Resources[`Network${tier}Subnet${zone}`].Properties
            .CidrBlock,
      );
    expect(subnets('Private')).toEqual([
      '10.0.0.0/24',
      '10.0.1.0/24',
      '10.0.2.0/24',
    ]);
    expect(subnets('Public')).toEqual([
      '10.0.48.0/24',
      '10.0.49.0/24',
      '10.0.50.0/24',
    ]);
    expect(subnets('Database')).toEqual([
      '10.0.52.0/24',
      '10.0.53.0/24',
      '10.0.54.0/24',
    ]);
    expect(
      new Set(
        ofType(template, 'AWS::EC2::Subnet').map(
          subnet => subnet.Properties.AvailabilityZone,
        ),
      ),
    ).toEqual(new Set(['us-east-1a', 'us-east-1b', 'us-east-1c']));
    expect(ofType(template, 'AWS::EC2::NatGateway')).toHaveLength(
      expected.natGateways,
    );
    const routesTo = (key: string) =>
      ofType(template, 'AWS::EC2::Route')
        .filter(route => route.Properties[key])
        .map(route => route.Properties.RouteTableId.Ref);
    expect(routesTo('GatewayId')).toEqual(['NetworkPublicRoutes']);
    expect(routesTo('NatGatewayId')).toEqual([
      'NetworkPrivate1Routes',
      'NetworkPrivate2Routes',
      'NetworkPrivate3Routes',
    ]);
  });
});
