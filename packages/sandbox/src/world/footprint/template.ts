import { siteName } from './names';
import { environmentOf } from './tags';
import type {
  ClusterFootprint,
  NetworkFootprint,
  RegionFootprint,
  SystemFootprint,
} from './types';

/** A resource of a CloudFormation template. */
interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
}
type Resources = Record<string, Resource>;

/** A CloudFormation template, with outputs that the makers read. */
export interface Template {
  AWSTemplateFormatVersion: '2010-09-09';
  Description: string;
  Resources: Resources;
  Outputs: Record<string, { Value: unknown }>;
}

const KUBERNETES_VERSION = '1.36';
const TIERS = ['public', 'private', 'data'] as const;
type Tier = (typeof TIERS)[number];

const ref = (Ref: string) => ({ Ref });
const attribute = (name: string, of: string) => ({ 'Fn::GetAtt': [name, of] });
const named = (Value: string) => [{ Key: 'Name', Value }];

function subnetId(tier: Tier, zone: string): string {
  return `${tier[0].toUpperCase()}${tier.slice(1)}Subnet${zone.toUpperCase()}`;
}

function subnetRefs(tier: Tier, network: NetworkFootprint) {
  return [...network.zones].map(zone => ref(subnetId(tier, zone)));
}

/** The /20 of one tier in one zone: 16 blocks of a /16, four for each tier. */
function subnetCidr(network: NetworkFootprint, tier: Tier, zone: number) {
  const [first, second] = network.cidr.split('.');
  return `${first}.${second}.${(TIERS.indexOf(tier) * 4 + zone) * 16}.0/20`;
}

function networkOf(name: string, region: string, network: NetworkFootprint) {
  const resources: Resources = {
    Vpc: {
      Type: 'AWS::EC2::VPC',
      Properties: {
        CidrBlock: network.cidr,
        EnableDnsSupport: true,
        EnableDnsHostnames: true,
        Tags: named(name),
      },
    },
    InternetGateway: {
      Type: 'AWS::EC2::InternetGateway',
      Properties: { Tags: named(name) },
    },
    InternetAttachment: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: {
        VpcId: ref('Vpc'),
        InternetGatewayId: ref('InternetGateway'),
      },
    },
  };
  const table = (id: string, suffix: string) => {
    resources[id] = {
      Type: 'AWS::EC2::RouteTable',
      Properties: { VpcId: ref('Vpc'), Tags: named(`${name}-${suffix}`) },
    };
  };
  table('PublicRoutes', 'public');
  table('DataRoutes', 'data');
  resources.PublicRoute = {
    Type: 'AWS::EC2::Route',
    DependsOn: 'InternetAttachment',
    Properties: {
      RouteTableId: ref('PublicRoutes'),
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: ref('InternetGateway'),
    },
  };
  [...network.zones].forEach((zone, index) => {
    const letter = zone.toUpperCase();
    for (const tier of TIERS) {
      resources[subnetId(tier, zone)] = {
        Type: 'AWS::EC2::Subnet',
        Properties: {
          VpcId: ref('Vpc'),
          CidrBlock: subnetCidr(network, tier, index),
          AvailabilityZone: `${region}${zone}`,
          Tags: named(`${name}-${tier}-${zone}`),
        },
      };
      resources[`${subnetId(tier, zone)}Routes`] = {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: {
          SubnetId: ref(subnetId(tier, zone)),
          RouteTableId: ref(
            {
              public: 'PublicRoutes',
              data: 'DataRoutes',
              private: `PrivateRoutes${letter}`,
            }[tier],
          ),
        },
      };
    }
    table(`PrivateRoutes${letter}`, `private-${zone}`);
    resources[`NatAddress${letter}`] = {
      Type: 'AWS::EC2::EIP',
      DependsOn: 'InternetAttachment',
      Properties: { Domain: 'vpc', Tags: named(`${name}-nat-${zone}`) },
    };
    resources[`NatGateway${letter}`] = {
      Type: 'AWS::EC2::NatGateway',
      Properties: {
        SubnetId: ref(subnetId('public', zone)),
        AllocationId: attribute(`NatAddress${letter}`, 'AllocationId'),
        Tags: named(`${name}-${zone}`),
      },
    };
    resources[`PrivateRoute${letter}`] = {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: ref(`PrivateRoutes${letter}`),
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: ref(`NatGateway${letter}`),
      },
    };
  });
  return resources;
}

function dataOf(name: string, network: NetworkFootprint): Resources {
  return {
    DataGroup: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'Databases and caches, from within the network',
        VpcId: ref('Vpc'),
        SecurityGroupIngress: [5432, 6379, 9094].map(port => ({
          IpProtocol: 'tcp',
          FromPort: port,
          ToPort: port,
          CidrIp: network.cidr,
        })),
        Tags: named(`${name}-data`),
      },
    },
    DatabaseSubnets: {
      Type: 'AWS::RDS::DBSubnetGroup',
      Properties: {
        DBSubnetGroupName: name,
        DBSubnetGroupDescription: `Data subnets of ${name}`,
        SubnetIds: subnetRefs('data', network),
      },
    },
  };
}

function entranceOf(
  name: string,
  network: NetworkFootprint,
  system: SystemFootprint,
): Resources {
  return {
    EntranceGroup: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'Load balancer, from everywhere',
        VpcId: ref('Vpc'),
        SecurityGroupIngress: [
          {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            CidrIp: '0.0.0.0/0',
          },
        ],
        Tags: named(`${name}-entrance`),
      },
    },
    LoadBalancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      DependsOn: 'InternetAttachment',
      Properties: {
        Name: name,
        Type: 'application',
        Scheme: 'internet-facing',
        Subnets: subnetRefs('public', network),
        SecurityGroups: [attribute('EntranceGroup', 'GroupId')],
      },
    },
    Targets: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: {
        Name: name,
        VpcId: ref('Vpc'),
        TargetType: 'ip',
        Protocol: 'HTTP',
        Port: 8080,
        HealthCheckPath: system.entrance.healthPath,
      },
    },
    Certificate: {
      Type: 'AWS::CertificateManager::Certificate',
      Properties: {
        DomainName: siteName(system.name),
        SubjectAlternativeNames: [`*.${siteName(system.name)}`],
        ValidationMethod: 'DNS',
      },
    },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: ref('LoadBalancer'),
        Protocol: 'HTTPS',
        Port: 443,
        Certificates: [{ CertificateArn: ref('Certificate') }],
        DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
      },
    },
  };
}

function role(name: string, service: string, policies: string[]): Resource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: name,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: service },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      ManagedPolicyArns: policies.map(
        policy => `arn:aws:iam::aws:policy/${policy}`,
      ),
    },
  };
}

function clusterOf(
  region: string,
  network: NetworkFootprint,
  cluster: ClusterFootprint,
): Resources {
  const prefix = `${cluster.name}-${region}`;
  const resources: Resources = {
    ClusterRole: role(`${prefix}-cluster`, 'eks.amazonaws.com', [
      'AmazonEKSClusterPolicy',
    ]),
    NodeRole: role(`${prefix}-nodes`, 'ec2.amazonaws.com', [
      'AmazonEKSWorkerNodePolicy',
      'AmazonEC2ContainerRegistryPullOnly',
      'AmazonEKS_CNI_Policy',
    ]),
    Cluster: {
      Type: 'AWS::EKS::Cluster',
      Properties: {
        Name: cluster.name,
        Version: KUBERNETES_VERSION,
        RoleArn: attribute('ClusterRole', 'Arn'),
        ResourcesVpcConfig: { SubnetIds: subnetRefs('private', network) },
        AccessConfig: { AuthenticationMode: 'API' },
      },
    },
  };
  for (const group of cluster.nodeGroups) {
    resources[`Nodes${group.name.replace(/[^a-z]/g, '')}`] = {
      Type: 'AWS::EKS::Nodegroup',
      Properties: {
        ClusterName: ref('Cluster'),
        NodegroupName: group.name,
        NodeRole: attribute('NodeRole', 'Arn'),
        Subnets: subnetRefs('private', network),
        AmiType: 'AL2023_x86_64_STANDARD',
        CapacityType: group.capacityType,
        InstanceTypes: group.instanceTypes,
        ScalingConfig: {
          MinSize: group.minimum,
          DesiredSize: group.desired,
          MaxSize: group.maximum,
        },
      },
    };
  }
  return resources;
}

function topicsOf(names: string[]): Resources {
  return Object.fromEntries(
    names.map(TopicName => [
      `Topic${TopicName.replace(/[^a-z]/g, '')}`,
      { Type: 'AWS::SNS::Topic', Properties: { TopicName } },
    ]),
  );
}

/** The stack of one system in one region: network, load balancer, cluster, and what databases and caches stand on. */
export function templateOf(
  system: SystemFootprint,
  region: string,
): Template | undefined {
  const parts: RegionFootprint = system.regions[region];
  if (!parts.network) {
    return undefined;
  }
  const name = environmentOf(system);
  const { network, cluster } = parts;
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `${system.name} in production, ${region}`,
    Resources: {
      ...networkOf(name, region, network),
      ...dataOf(name, network),
      ...entranceOf(name, network, system),
      ...(cluster && clusterOf(region, network, cluster)),
      ...topicsOf(parts.topics ?? []),
    },
    Outputs: {
      DataSubnets: {
        Value: { 'Fn::Join': [',', subnetRefs('data', network)] },
      },
      DataGroup: { Value: attribute('DataGroup', 'GroupId') },
      LoadBalancerName: { Value: attribute('LoadBalancer', 'DNSName') },
      LoadBalancerZone: {
        Value: attribute('LoadBalancer', 'CanonicalHostedZoneID'),
      },
      Certificate: { Value: ref('Certificate') },
    },
  };
}
