import { Tags } from 'aws-cdk-lib';
import {
  CfnEIP,
  CfnInternetGateway,
  CfnNatGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCEndpoint,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { subnetLayout } from './subnetLayout';

/** @public */
export interface NetworkProps {
  /** Prefix of names, e.g. the stack's name. */
  name: string;
  region: string;
  /** /16 to /20. */
  cidr: string;
  availabilityZones: string[];
  /** One shared NAT gateway, or one per zone. */
  natGateways: 'one' | 'per-zone';
  /** Name of the cluster whose load balancers may use the subnets. */
  clusterName: string;
}

/**
 * VPC with DNS, an internet gateway, and public, private and database subnets in each zone
 * (rows 004-01 to 004-04, 004-15, 004-27). Private subnets reach out through NAT only; database subnets
 * have no route out of the VPC; S3 is reached by a gateway endpoint, which costs nothing.
 *
 * @public
 */
export class Network extends Construct {
  readonly vpcId: string;
  readonly cidr: string;
  readonly publicSubnetIds: string[];
  readonly privateSubnetIds: string[];
  readonly databaseSubnetIds: string[];
  /** What must exist before anything inside reaches the internet. */
  readonly egress: Construct[];
  /** What must exist before the internet reaches anything inside. */
  readonly ingress: Construct[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    this.cidr = props.cidr;
    const layout = subnetLayout(props.cidr, props.availabilityZones.length);

    const vpc = new CfnVPC(this, 'vpc', {
      cidrBlock: props.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
    });
    nameIt(vpc, props.name);
    this.vpcId = vpc.ref;

    const internetGateway = new CfnInternetGateway(this, 'internet-gateway');
    nameIt(internetGateway, props.name);
    const attachment = new CfnVPCGatewayAttachment(
      this,
      'internet-attachment',
      {
        vpcId: vpc.ref,
        internetGatewayId: internetGateway.ref,
      },
    );

    const publicRoutes = this.#routeTable(`${props.name}-public`, 'public');
    const publicRoute = new CfnRoute(this, 'public-internet-route', {
      routeTableId: publicRoutes.ref,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: internetGateway.ref,
    });
    publicRoute.node.addDependency(attachment);
    this.ingress = [publicRoute];

    const publicSubnets = this.#subnets(props, 'public', layout.public, {
      'kubernetes.io/role/elb': '1',
    });
    for (const [zone, subnet] of publicSubnets.entries()) {
      this.#associate(`public-${zone + 1}`, subnet, publicRoutes);
    }
    this.publicSubnetIds = publicSubnets.map(subnet => subnet.ref);

    const natGateways = publicSubnets
      .slice(0, props.natGateways === 'one' ? 1 : publicSubnets.length)
      .map((subnet, zone) => {
        const address = new CfnEIP(this, `nat-address-${zone + 1}`, {
          domain: 'vpc',
        });
        address.node.addDependency(attachment);
        nameIt(address, `${props.name}-nat-${zone + 1}`);
        const gateway = new CfnNatGateway(this, `nat-gateway-${zone + 1}`, {
          subnetId: subnet.ref,
          allocationId: address.attrAllocationId,
        });
        gateway.node.addDependency(publicRoute);
        nameIt(gateway, `${props.name}-${zone + 1}`);
        return gateway;
      });

    const privateSubnets = this.#subnets(props, 'private', layout.private, {
      'kubernetes.io/role/internal-elb': '1',
    });
    const privateTables = privateSubnets.map((subnet, zone) => {
      const table = this.#routeTable(
        `${props.name}-private-${zone + 1}`,
        `private-${zone + 1}`,
      );
      this.#associate(`private-${zone + 1}`, subnet, table);
      return table;
    });
    const privateRoutes = privateTables.map(
      (table, zone) =>
        new CfnRoute(this, `private-nat-route-${zone + 1}`, {
          routeTableId: table.ref,
          destinationCidrBlock: '0.0.0.0/0',
          natGatewayId: (natGateways[zone] ?? natGateways[0]).ref,
        }),
    );
    this.privateSubnetIds = privateSubnets.map(subnet => subnet.ref);
    this.egress = privateRoutes;

    const databaseTable = this.#routeTable(
      `${props.name}-database`,
      'database',
    );
    const databaseSubnets = this.#subnets(props, 'database', layout.database);
    for (const [zone, subnet] of databaseSubnets.entries()) {
      this.#associate(`database-${zone + 1}`, subnet, databaseTable);
    }
    this.databaseSubnetIds = databaseSubnets.map(subnet => subnet.ref);

    const endpoint = new CfnVPCEndpoint(this, 's3-endpoint', {
      vpcId: vpc.ref,
      vpcEndpointType: 'Gateway',
      serviceName: `com.amazonaws.${props.region}.s3`,
      routeTableIds: privateTables.map(table => table.ref),
    });
    nameIt(endpoint, `${props.name}-s3`);
  }

  #subnets(
    props: NetworkProps,
    tier: 'public' | 'private' | 'database',
    cidrs: string[],
    roleTags: Record<string, string> = {},
  ): CfnSubnet[] {
    return props.availabilityZones.map((availabilityZone, zone) => {
      const subnet = new CfnSubnet(this, `${tier}-subnet-${zone + 1}`, {
        vpcId: this.vpcId,
        cidrBlock: cidrs[zone],
        availabilityZone,
        mapPublicIpOnLaunch: false,
      });
      nameIt(subnet, `${props.name}-${tier}-${zone + 1}`);
      Tags.of(subnet).add('slipway:tier', tier);
      if (tier !== 'database') {
        Tags.of(subnet).add(
          `kubernetes.io/cluster/${props.clusterName}`,
          'shared',
        );
      }
      for (const [key, value] of Object.entries(roleTags)) {
        Tags.of(subnet).add(key, value);
      }
      return subnet;
    });
  }

  #routeTable(name: string, part: string): CfnRouteTable {
    const table = new CfnRouteTable(this, `${part}-routes`, {
      vpcId: this.vpcId,
    });
    nameIt(table, name);
    return table;
  }

  #associate(part: string, subnet: CfnSubnet, table: CfnRouteTable): void {
    new CfnSubnetRouteTableAssociation(this, `${part}-association`, {
      subnetId: subnet.ref,
      routeTableId: table.ref,
    });
  }
}

function nameIt(resource: Construct, name: string): void {
  Tags.of(resource).add('Name', name);
}
