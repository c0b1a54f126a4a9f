import { HOURS } from '../engine/month';
import type { Pricer } from '../engine/types';
import { listOf, textOf } from '../engine/values';

const natGateway: Pricer = (_, scope) => ({
  title: 'NAT gateway',
  parts: [
    scope.part(
      'Gateway',
      { service: 'AmazonEC2', usage: 'NatGateway-Hours' },
      HOURS,
    ),
    scope.part(
      'Data through it',
      { service: 'AmazonEC2', usage: 'NatGateway-Bytes' },
      scope.assume('natGatewayGb'),
    ),
  ],
  missing: [],
});

const address: Pricer = (_, scope) => ({
  title: 'Public IPv4 address',
  parts: [
    scope.part(
      'Address',
      { service: 'AmazonVPC', usage: 'PublicIPv4:InUseAddress' },
      HOURS,
    ),
  ],
  missing: [],
});

/** An interface endpoint stands in each of its subnets; gateway endpoints cost nothing. */
const endpoint: Pricer = ({ properties }, scope) => {
  const type = textOf(properties.VpcEndpointType) ?? 'Gateway';
  if (type === 'Gateway') {
    return { title: 'Gateway endpoint', parts: [], missing: [] };
  }
  if (type !== 'Interface') {
    return {
      title: `${type} endpoint`,
      parts: [],
      missing: [`Endpoints of type ${type} are not in the price list.`],
    };
  }
  const places = Math.max(listOf(properties.SubnetIds).length, 1);
  return {
    title: `Interface endpoint in ${places} subnets`,
    parts: [
      scope.part(
        'Endpoint',
        { service: 'AmazonVPC', usage: 'VpcEndpoint-Hours' },
        places * HOURS,
      ),
      scope.part(
        'Data through it',
        { service: 'AmazonVPC', usage: 'VpcEndpoint-Bytes' },
        scope.assume('vpcEndpointGb'),
      ),
    ],
    missing: [],
  };
};

/** Of load balancers of both kinds: hours, capacity units, its public addresses, what leaves to the internet. */
const loadBalancer: Pricer = ({ properties }, scope) => {
  const type = textOf(properties.Type) ?? 'application';
  if (type !== 'application' && type !== 'network') {
    return {
      title: `Load balancer, ${type}`,
      parts: [],
      missing: [`Load balancers of type ${type} are not in the price list.`],
    };
  }
  const operation =
    type === 'application'
      ? 'LoadBalancing:Application'
      : 'LoadBalancing:Network';
  const isPublic = properties.Scheme !== 'internal';
  const places = Math.max(
    listOf(properties.Subnets).length,
    listOf(properties.SubnetMappings).length,
  );
  const isBehindCloudFront =
    scope.ofType('AWS::CloudFront::Distribution').length > 0;
  return {
    title:
      type === 'application'
        ? 'Application load balancer'
        : 'Network load balancer',
    parts: [
      scope.part(
        'Load balancer',
        { service: 'AWSELB', usage: 'LoadBalancerUsage', operation },
        HOURS,
      ),
      scope.part(
        'Capacity units',
        { service: 'AWSELB', usage: 'LCUUsage', operation },
        scope.assume('loadBalancerCapacityUnits').times(HOURS),
      ),
      ...(isPublic && places > 0
        ? [
            scope.part(
              `Public addresses in ${places} zones`,
              { service: 'AmazonVPC', usage: 'PublicIPv4:InUseAddress' },
              places * HOURS,
            ),
          ]
        : []),
      ...(isPublic && !isBehindCloudFront
        ? [
            scope.part(
              'Data to the internet',
              { service: 'AWSDataTransfer', usage: 'DataTransfer-Out-Bytes' },
              scope.assume('loadBalancerEgressGb'),
            ),
          ]
        : []),
    ],
    missing: [],
  };
};

export const networkPricers: Record<string, Pricer> = {
  'AWS::EC2::NatGateway': natGateway,
  'AWS::EC2::EIP': address,
  'AWS::EC2::VPCEndpoint': endpoint,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
};
