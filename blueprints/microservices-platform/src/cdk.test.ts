import { CfnResource, TagManager } from 'aws-cdk-lib';
import type { JsonObject } from '@backstage/types';
import {
  inputFor,
  synthesize,
  type Template,
  type TemplateResource,
} from './__testUtils__/synthesize';
import { microservicesPlatform } from './definition';

const SIZES = Object.keys(microservicesPlatform.sizes);
/** Everything that a parameter can add. */
const EVERYTHING: JsonObject = {
  dbReadReplicas: 2,
  domainName: 'shop.example.com',
  hostedZoneId: 'Z0123456789ABC',
  alarmEmail: 'sre@example.com',
  apiPublicAccessCidrs: ['203.0.113.0/24'],
  auditTrail: true,
};

function ofType(template: Template, type: string): TemplateResource[] {
  return Object.values(template.Resources).filter(
    resource => resource.Type === type,
  );
}

function only(template: Template, type: string): TemplateResource {
  const found = ofType(template, type);
  expect(found).toHaveLength(1);
  return found[0];
}

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
  const { template } = synthesize(inputFor(expected.size));

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

describe('security', () => {
  const { template, body } = synthesize(inputFor('prod', EVERYTHING));

  it('lets the database be reached by the nodes on its port only', () => {
    const rules = ofType(template, 'AWS::EC2::SecurityGroupIngress')
      .map(({ Properties }) => Properties)
      .filter(rule => rule.GroupId['Fn::GetAtt'][0] === 'DatabaseSecurity');
    expect(rules).toEqual([
      expect.objectContaining({
        FromPort: 5432,
        ToPort: 5432,
        IpProtocol: 'tcp',
        SourceSecurityGroupId: { 'Fn::GetAtt': ['NodeSecurity', 'GroupId'] },
      }),
    ]);
  });

  it('opens to the internet the load balancer only', () => {
    const open = ofType(template, 'AWS::EC2::SecurityGroupIngress')
      .map(({ Properties }) => Properties)
      .filter(rule => rule.CidrIp);
    expect(
      open.map(rule => [rule.GroupId['Fn::GetAtt'][0], rule.FromPort]),
    ).toEqual([
      ['EdgeSecurity', 80],
      ['EdgeSecurity', 443],
    ]);
  });

  it('ties each service role to one service account through the issuer', () => {
    const federated = ofType(template, 'AWS::IAM::Role')
      .map(role => role.Properties.AssumeRolePolicyDocument)
      .filter(trust => trust['Fn::Sub'])
      .map(trust => {
        const [text, variables] = trust['Fn::Sub'];
        expect(Object.keys(variables).sort()).toEqual([
          'Issuer',
          'ProviderArn',
        ]);
        return JSON.parse(text).Statement[0].Condition.StringEquals;
      });
    expect(
      federated.map(condition => condition['${Issuer}:sub']).sort(),
    ).toEqual([
      'system:serviceaccount:amazon-cloudwatch:cloudwatch-agent',
      'system:serviceaccount:application:api-gateway',
      'system:serviceaccount:application:backend',
      'system:serviceaccount:application:frontend',
      'system:serviceaccount:external-secrets:external-secrets',
      'system:serviceaccount:kube-system:aws-load-balancer-controller',
      'system:serviceaccount:kube-system:aws-node',
      'system:serviceaccount:kube-system:cluster-autoscaler',
      'system:serviceaccount:kube-system:ebs-csi-controller-sa',
    ]);
    for (const condition of federated) {
      expect(condition['${Issuer}:aud']).toBe('sts.amazonaws.com');
    }
  });

  it('encrypts and closes every bucket, log, secret, image and topic', () => {
    for (const { Properties } of ofType(template, 'AWS::S3::Bucket')) {
      expect(Properties.BucketEncryption).toBeDefined();
      expect(Properties.VersioningConfiguration.Status).toBe('Enabled');
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([
        true,
        true,
        true,
        true,
      ]);
    }
    for (const [type, property] of [
      ['AWS::Logs::LogGroup', 'KmsKeyId'],
      ['AWS::SecretsManager::Secret', 'KmsKeyId'],
      ['AWS::SNS::Topic', 'KmsMasterKeyId'],
      ['AWS::EKS::Cluster', 'EncryptionConfig'],
      ['AWS::RDS::DBInstance', 'PerformanceInsightsKMSKeyId'],
    ]) {
      for (const { Properties } of ofType(template, type)) {
        expect(Properties[property]).toBeDefined();
      }
    }
    for (const { Properties } of ofType(template, 'AWS::ECR::Repository')) {
      expect(Properties).toMatchObject({
        ImageTagMutability: 'IMMUTABLE',
        ImageScanningConfiguration: { ScanOnPush: true },
        EncryptionConfiguration: { EncryptionType: 'KMS' },
      });
    }
  });

  it('keeps the Kubernetes API private unless ranges are given', () => {
    const access = (parameters: JsonObject) =>
      only(
        synthesize(inputFor('prod', parameters)).template,
        'AWS::EKS::Cluster',
      ).Properties.ResourcesVpcConfig;
    expect(access({})).toMatchObject({ EndpointPublicAccess: false });
    expect(access({ apiPublicAccessCidrs: ['203.0.113.0/24'] })).toMatchObject({
      EndpointPublicAccess: true,
      PublicAccessCidrs: ['203.0.113.0/24'],
    });
  });

  it('needs no custom resource, asset or bootstrap', () => {
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    expect(
      types.filter(type => /^Custom::|Lambda|CustomResource|CDK/.test(type)),
    ).toEqual([]);
    expect(body).not.toContain('cdk-hnb659fds');
  });
});

describe('parameters', () => {
  it.each<
    [string, JsonObject, string, (template: Template) => unknown, unknown]
  >([
    [
      'a domain serves HTTPS and redirects HTTP',
      { domainName: 'shop.example.com', hostedZoneId: 'Z0123456789ABC' },
      'AWS::ElasticLoadBalancingV2::Listener',
      template =>
        ofType(template, 'AWS::ElasticLoadBalancingV2::Listener').map(
          ({ Properties }) => [
            Properties.Port,
            Properties.DefaultActions[0].Type,
          ],
        ),
      [
        [443, 'forward'],
        [80, 'redirect'],
      ],
    ],
    [
      'read replicas follow the instance and have an alarm on their lag',
      { dbReadReplicas: 2 },
      'AWS::RDS::DBInstance',
      template => [
        ofType(template, 'AWS::RDS::DBInstance').map(
          ({ Properties }) => Properties.SourceDBInstanceIdentifier?.Ref,
        ),
        ofType(template, 'AWS::CloudWatch::Alarm').filter(
          ({ Properties }) => Properties.MetricName === 'ReplicaLag',
        ).length,
      ],
      [[undefined, 'DatabaseInstance', 'DatabaseInstance'], 2],
    ],
    [
      'a mail address is subscribed to the alarms',
      { alarmEmail: 'sre@example.com' },
      'AWS::SNS::Subscription',
      template => only(template, 'AWS::SNS::Subscription').Properties.Endpoint,
      'sre@example.com',
    ],
    [
      'flow logs can be left out',
      { flowLogs: false },
      'AWS::EC2::FlowLog',
      template => ofType(template, 'AWS::EC2::FlowLog').length,
      0,
    ],
    [
      'a newer PostgreSQL takes its own parameter family',
      { dbEngineVersion: '17.11' },
      'AWS::RDS::DBParameterGroup',
      template =>
        only(template, 'AWS::RDS::DBParameterGroup').Properties.Family,
      'postgres17',
    ],
  ])('%s', (_title, parameters, _type, read, expected) => {
    expect(read(synthesize(inputFor('dev', parameters)).template)).toEqual(
      expected,
    );
  });

  it('are all used: each changes the template', () => {
    const base = inputFor('prod', { ...EVERYTHING, containerInsights: true });
    const { body } = synthesize(base);
    const others: JsonObject = {
      apiPublicAccessCidrs: [],
      nodeInstanceTypes: ['t3.xlarge'],
      domainName: 'other.example.com',
      hostedZoneId: 'Z9999999999ABC',
      alarmEmail: '',
    };
    for (const [name, schema] of Object.entries(
      microservicesPlatform.parameters,
    )) {
      const value = base.parameters[name];
      const other =
        others[name] ??
        schema.enum?.find(option => option !== value) ??
        (typeof value === 'boolean' ? !value : Number(value) + 1);
      const changed = synthesize({
        ...base,
        parameters: { ...base.parameters, [name]: other },
      });
      expect([name, changed.body === body]).toEqual([name, false]);
    }
  });

  it.each([
    [{ domainName: 'shop.example.com' }, 'needs the hosted zone'],
    [{ hostedZoneId: 'Z0123456789ABC' }, 'with a domain only'],
    [{ nodeMaxSize: '20' }, 'Parameter "nodeMaxSize" must be a whole number'],
    [{ natGateways: 'two' }, 'must be one of one, per-zone'],
  ])('%j is refused with a way to mend it', (parameters, message) => {
    expect(() => synthesize(inputFor('dev', parameters))).toThrow(message);
  });
});

describe.each([
  ...SIZES.map(size => ({ title: size, size, parameters: {} })),
  { title: 'prod with everything', size: 'prod', parameters: EVERYTHING },
])('the template of $title', ({ size, parameters }) => {
  const input = inputFor(size, parameters);
  const { stack, template, body } = synthesize(input);

  it('has exactly the outputs of the definition', () => {
    expect(Object.keys(template.Outputs)).toEqual(
      microservicesPlatform.outputs.map(output => output.key),
    );
  });

  it('has every tag on everything that takes tags', () => {
    const taggable = stack.node
      .findAll()
      .filter(CfnResource.isCfnResource)
      .filter(resource => TagManager.of(resource) !== undefined);
    expect(taggable.length).toBeGreaterThan(60);
    for (const resource of taggable) {
      const id = stack.resolve(resource.logicalId);
      const { Properties } = template.Resources[id];
      const tags = Array.isArray(Properties.Tags)
        ? Object.fromEntries(
            Properties.Tags.map((tag: { Key: string; Value: string }) => [
              tag.Key,
              tag.Value,
            ]),
          )
        : Properties.Tags;
      expect([id, tags]).toEqual([id, expect.objectContaining(input.tags)]);
    }
    const launchTemplate = only(template, 'AWS::EC2::LaunchTemplate');
    for (const { Tags } of [
      ...launchTemplate.Properties.TagSpecifications,
      ...launchTemplate.Properties.LaunchTemplateData.TagSpecifications,
    ]) {
      expect(Tags).toEqual(
        expect.arrayContaining(
          Object.entries(input.tags).map(([Key, Value]) => ({ Key, Value })),
        ),
      );
    }
  });

  it('is the same each time, below what CloudFormation takes, and names its constructs', () => {
    expect(synthesize(input).body).toBe(body);
    expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
    const ids = Object.keys(template.Resources);
    expect(ids.length).toBeLessThan(500);
    expect(ids.filter(id => /[0-9A-F]{8}$/.test(id))).toEqual([]);
    for (const resource of Object.values(template.Resources)) {
      expect(resource.Metadata['aws:cdk:path']).toMatch(/^environment\//);
    }
  });
});
