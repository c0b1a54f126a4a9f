import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { CheckContext, OnboardingCheck } from '../types';
import { statusOf } from './verdictOfError';

/** Where a partition always answers: a region that is not enabled does not answer for itself. */
function homeOf(region: string): string {
  if (region.startsWith('cn-')) {
    return 'cn-north-1';
  }
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}

function atHome({ clientConfig, region }: CheckContext) {
  return { ...clientConfig, region: homeOf(region) };
}

/** {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html} needs no right of its own. */
export const identityCheck: OnboardingCheck = {
  id: 'identity',
  title: 'Role can be assumed',
  action: 'sts:AssumeRole',
  isNeeded: true,
  async look(context) {
    const { accountId, name } = context.target;
    const client = new STSClient(atHome(context));
    try {
      const { Account, Arn } = await client.send(
        new GetCallerIdentityCommand({}),
        { abortSignal: context.signal },
      );
      return Account === accountId
        ? { state: 'passed', found: `The portal acts as ${Arn}.` }
        : {
            state: 'failed',
            found: `The portal’s credentials for ${accountId} (${name}) are of account ${Account}.`,
            mend: `Give the role of account ${accountId} under aws.accounts.`,
          };
    } catch (error) {
      if (
        statusOf(error) === undefined &&
        (error as Error).name !== 'CredentialsProviderError'
      ) {
        throw error;
      }
      return {
        state: 'failed',
        found: `The role in account ${accountId} (${name}) cannot be assumed: ${
          (error as Error).message
        }`,
        mend: 'Allow sts:AssumeRole on it to the portal’s own role, and let the role trust that one with the external id of aws.accounts.',
      };
    } finally {
      client.destroy();
    }
  },
};

/** {@link https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html} */
export const regionCheck: OnboardingCheck = {
  id: 'region',
  title: 'Region is enabled',
  action: 'ec2:DescribeRegions',
  isNeeded: false,
  async look(context) {
    const { region, target, signal } = context;
    const client = new EC2Client(atHome(context));
    try {
      const { Regions = [] } = await client.send(
        new DescribeRegionsCommand({ AllRegions: true }),
        { abortSignal: signal },
      );
      const found = Regions.find(({ RegionName }) => RegionName === region);
      if (!found) {
        return {
          state: 'failed',
          found: `AWS knows no region ${region} for account ${target.accountId}.`,
          mend: `Correct the name under regions of the account in aws.targets.`,
        };
      }
      return found.OptInStatus === 'not-opted-in'
        ? {
            state: 'failed',
            found: `${region} is not enabled in account ${target.accountId}.`,
            command: `aws account enable-region --region-name ${region}`,
          }
        : { state: 'passed', found: `${region} is enabled.` };
    } finally {
      client.destroy();
    }
  },
};
