import {
  DescribeAccountAttributesCommand,
  DescribeAddressesCommand,
  EC2Client,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import type { OnboardingCheck } from '../types';

/** A NAT gateway in each of three zones. */
const ADDRESSES_OF_ONE = 3;
const ADDRESS_LIMIT = 'vpc-max-elastic-ips';

/**
 * How many VPCs a region has room for is told by Service Quotas alone, which the portal does not ask.
 * {@link https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html}
 */
export const vpcCheck: OnboardingCheck = {
  id: 'vpcs',
  title: 'Room for VPCs',
  action: 'ec2:DescribeVpcs',
  isNeeded: false,
  async look({ clientConfig, region, signal }) {
    const client = new EC2Client(clientConfig);
    try {
      let count = 0;
      for await (const { Vpcs = [] } of paginateDescribeVpcs(
        { client, pageSize: 100 },
        {},
        { abortSignal: signal },
      )) {
        count += Vpcs.length;
      }
      return {
        state: 'unknown',
        found: `${region} has ${count} ${
          count === 1 ? 'VPC' : 'VPCs'
        }; how many it takes the portal cannot see. AWS begins with 5.`,
        command: `aws service-quotas get-service-quota --region ${region} --service-code vpc --quota-code L-F678F1CE`,
      };
    } finally {
      client.destroy();
    }
  },
};

/** {@link https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html} */
export const elasticIpCheck: OnboardingCheck = {
  id: 'addresses',
  title: 'Room for Elastic IPs',
  action: 'ec2:DescribeAddresses and ec2:DescribeAccountAttributes',
  isNeeded: false,
  async look({ clientConfig, region, signal }) {
    const client = new EC2Client(clientConfig);
    try {
      const [{ Addresses = [] }, { AccountAttributes = [] }] =
        await Promise.all([
          client.send(new DescribeAddressesCommand({}), {
            abortSignal: signal,
          }),
          client.send(new DescribeAccountAttributesCommand({}), {
            abortSignal: signal,
          }),
        ]);
      const command = `aws service-quotas request-service-quota-increase --region ${region} --service-code ec2 --quota-code L-0263D0A3 --desired-value COUNT`;
      const used = Addresses.length;
      const most = Number(
        AccountAttributes.find(each => each.AttributeName === ADDRESS_LIMIT)
          ?.AttributeValues?.[0]?.AttributeValue,
      );
      if (!Number.isInteger(most)) {
        return {
          state: 'unknown',
          found: `${region} has ${used} Elastic IPs; how many it takes AWS did not say.`,
        };
      }
      const found = `${used} of ${most} Elastic IPs are taken in ${region}.`;
      if (used >= most) {
        return { state: 'failed', found, command };
      }
      return most - used < ADDRESSES_OF_ONE
        ? {
            state: 'warning',
            found: `${found} An environment with a NAT gateway in each of three zones takes ${ADDRESSES_OF_ONE}.`,
            command,
          }
        : { state: 'passed', found };
    } finally {
      client.destroy();
    }
  },
};
