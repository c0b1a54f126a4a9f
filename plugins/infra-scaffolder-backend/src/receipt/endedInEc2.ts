import {
  DescribeInstancesCommand,
  DescribeNatGatewaysCommand,
  DescribeVpcEndpointsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';

const ENDED = new Set(['deleted', 'deleting', 'terminated', 'shutting-down']);

/**
 * Whether EC2 still shows what has ended: for about an hour it tells of deleted NAT gateways and endpoints and of
 * terminated instances, tags and all.
 * {@link https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html}
 *
 * @param resource - of its ARN, e.g. `natgateway/nat-1`.
 * @throws what EC2 answers of an id that it does not know.
 */
export async function isEndedInEc2(
  client: EC2Client,
  resource: string,
  abortSignal: AbortSignal,
): Promise<boolean> {
  const [kind, id] = resource.split('/');
  const options = { abortSignal };
  const states: Array<string | undefined> = [];
  if (kind === 'natgateway') {
    const { NatGateways = [] } = await client.send(
      new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }),
      options,
    );
    states.push(...NatGateways.map(({ State }) => State));
  } else if (kind === 'instance') {
    const { Reservations = [] } = await client.send(
      new DescribeInstancesCommand({ InstanceIds: [id] }),
      options,
    );
    states.push(
      ...Reservations.flatMap(({ Instances = [] }) =>
        Instances.map(({ State }) => State?.Name),
      ),
    );
  } else if (kind === 'vpc-endpoint') {
    const { VpcEndpoints = [] } = await client.send(
      new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }),
      options,
    );
    states.push(...VpcEndpoints.map(({ State }) => State));
  } else {
    return false;
  }
  return states.every(state => state !== undefined && ENDED.has(state));
}
