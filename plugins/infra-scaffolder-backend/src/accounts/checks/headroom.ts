import {
  DescribeAddressesCommand,
  EC2Client,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import { EKSClient, paginateListClusters } from '@aws-sdk/client-eks';
import { paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import type { LimitedResource } from '@slipway/plugin-infra-scaffolder-common';
import type { CheckContext, OnboardingCheck, Verdict } from '../types';
import { quotaOf } from './quotaOf';
import { isDenied } from './verdictOfError';

/** Something that AWS limits by account and region. */
interface Limit {
  id: string;
  takes: LimitedResource;
  /** Of one, and of several. */
  names: [string, string];
  serviceCode: string;
  quotaCode: string;
  /** The right that counting takes. */
  action: string;
  count(context: CheckContext): Promise<number>;
}

async function countPages<Page>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => unknown[] | undefined,
): Promise<number> {
  let count = 0;
  for await (const page of pages) {
    count += itemsOf(page)?.length ?? 0;
  }
  return count;
}

async function use<Client extends { destroy(): void }, T>(
  client: Client,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}

/**
 * Codes and what they limit: {@link https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html},
 * {@link https://docs.aws.amazon.com/general/latest/gr/ec2-service.html},
 * {@link https://docs.aws.amazon.com/general/latest/gr/eks.html},
 * {@link https://docs.aws.amazon.com/general/latest/gr/rds-service.html}.
 */
const LIMITS: Limit[] = [
  {
    id: 'vpcs',
    takes: 'vpcs',
    names: ['VPC', 'VPCs'],
    serviceCode: 'vpc',
    quotaCode: 'L-F678F1CE',
    action: 'ec2:DescribeVpcs',
    count: ({ clientConfig, signal }) =>
      use(new EC2Client(clientConfig), client =>
        countPages(
          paginateDescribeVpcs(
            { client, pageSize: 100 },
            {},
            { abortSignal: signal },
          ),
          page => page.Vpcs,
        ),
      ),
  },
  {
    id: 'addresses',
    takes: 'elasticIps',
    names: ['Elastic IP', 'Elastic IPs'],
    serviceCode: 'ec2',
    quotaCode: 'L-0263D0A3',
    action: 'ec2:DescribeAddresses',
    count: ({ clientConfig, signal }) =>
      use(
        new EC2Client(clientConfig),
        async client =>
          (
            await client.send(new DescribeAddressesCommand({}), {
              abortSignal: signal,
            })
          ).Addresses?.length ?? 0,
      ),
  },
  {
    id: 'clusters',
    takes: 'eksClusters',
    names: ['EKS cluster', 'EKS clusters'],
    serviceCode: 'eks',
    quotaCode: 'L-1194D53C',
    action: 'eks:ListClusters',
    count: ({ clientConfig, signal }) =>
      use(new EKSClient(clientConfig), client =>
        countPages(
          paginateListClusters({ client }, {}, { abortSignal: signal }),
          page => page.clusters,
        ),
      ),
  },
  {
    id: 'databases',
    takes: 'dbInstances',
    names: ['RDS instance', 'RDS instances'],
    serviceCode: 'rds',
    quotaCode: 'L-7B6409FD',
    action: 'rds:DescribeDBInstances',
    count: ({ clientConfig, signal }) =>
      use(new RDSClient(clientConfig), client =>
        countPages(
          paginateDescribeDBInstances(
            { client, pageSize: 100 },
            {},
            { abortSignal: signal },
          ),
          page => page.DBInstances,
        ),
      ),
  },
];

function judge(
  { takes, names, serviceCode, quotaCode }: Limit,
  used: number,
  most: number,
  { region, sizes }: Pick<CheckContext, 'region' | 'sizes'>,
): Verdict {
  const [smallest] = sizes.map(size => size.takes[takes]).sort((a, b) => a - b);
  const [largest] = [...sizes].sort((a, b) => b.takes[takes] - a.takes[takes]);
  const need = largest?.takes[takes] ?? 0;
  const free = Math.max(0, most - used);
  const found = `${used} of ${most} ${names[1]} are taken in ${region}.`;
  if (need === 0) {
    return { state: 'passed', found };
  }
  if (free >= need) {
    const fit = Math.floor(free / need);
    return {
      state: 'passed',
      found:
        smallest === need
          ? `${found} There is room for ${fit} more environments.`
          : `${found} There is room for ${fit} of the largest, ${largest.title}, which takes ${need}.`,
    };
  }
  return {
    state: free < smallest ? 'failed' : 'warning',
    found:
      free < smallest
        ? `${found} No environment fits: the smallest takes ${smallest}.`
        : `${found} ${free} is too few for ${largest.title}, which takes ${need}; smaller ones fit.`,
    mend: 'Ask AWS for more, or destroy what nobody needs.',
    command: `aws service-quotas request-service-quota-increase --region ${region} --service-code ${serviceCode} --quota-code ${quotaCode} --desired-value ${
      Math.max(used, most) + need
    }`,
  };
}

function roomCheck(limit: Limit): OnboardingCheck {
  const { id, names, serviceCode, quotaCode, action } = limit;
  return {
    id,
    title: `Room for ${names[1]}`,
    action,
    isNeeded: false,
    async look(context) {
      const { region, target } = context;
      const used = await limit.count(context);
      const unseen: Verdict = {
        state: 'unknown',
        found: `${region} has ${used} ${
          used === 1 ? names[0] : names[1]
        }; how many it takes the portal cannot see.`,
        command: `aws service-quotas get-service-quota --region ${region} --service-code ${serviceCode} --quota-code ${quotaCode}`,
      };
      try {
        const most = await quotaOf(context, { serviceCode, quotaCode });
        return most === undefined ? unseen : judge(limit, used, most, context);
      } catch (error) {
        if (!isDenied(error)) {
          throw error;
        }
        return {
          ...unseen,
          mend: `Allow servicequotas:GetServiceQuota and servicequotas:GetAWSDefaultServiceQuota to the portal’s role in account ${target.accountId}.`,
        };
      }
    },
  };
}

/** Whether another environment fits into what AWS allows the account in the region. */
export const roomChecks: OnboardingCheck[] = LIMITS.map(roomCheck);
