import {
  CloudFormationClient,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { stagingBucketOf } from '@slipway/plugin-aws-node';
import type { OnboardingCheck } from '../types';
import { lookForBucket } from './lookForBucket';

/** Within the names that the role is allowed, and longer than the name of any environment. */
const NO_STACK = 'slipway-onboarding-check-of-no-environment';

/** {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html} */
export const cloudFormationCheck: OnboardingCheck = {
  id: 'cloudformation',
  title: 'CloudFormation can be read',
  action: 'cloudformation:DescribeStacks',
  isNeeded: true,
  async look({ clientConfig, signal }) {
    const client = new CloudFormationClient(clientConfig);
    try {
      await client.send(new DescribeStacksCommand({ StackName: NO_STACK }), {
        abortSignal: signal,
      });
    } catch (error) {
      if (!/does not exist/.test((error as Error).message)) {
        throw error;
      }
    } finally {
      client.destroy();
    }
    return { state: 'passed', found: 'Stacks of environments can be read.' };
  },
};

export const stagingBucketCheck: OnboardingCheck = {
  id: 'staging-bucket',
  title: 'Staging bucket',
  action: 's3:ListBucket',
  isNeeded: true,
  look: context =>
    lookForBucket(context, {
      bucket: stagingBucketOf(context.target, context.region),
      setting: 'stagingBucket of the account in aws.targets',
    }),
};
