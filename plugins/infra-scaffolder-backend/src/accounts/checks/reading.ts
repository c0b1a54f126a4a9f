import {
  CloudTrailClient,
  LookupEventsCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { OnboardingCheck } from '../types';

/** {@link https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html} */
export const taggingCheck: OnboardingCheck = {
  id: 'tagging',
  title: 'Leftovers can be searched by tag',
  action: 'tag:GetResources',
  isNeeded: true,
  async look({ clientConfig, signal }) {
    const client = new ResourceGroupsTaggingAPIClient(clientConfig);
    try {
      await client.send(new GetResourcesCommand({ ResourcesPerPage: 1 }), {
        abortSignal: signal,
      });
      return { state: 'passed', found: 'Resources can be searched by tag.' };
    } finally {
      client.destroy();
    }
  },
};

/** {@link https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html} */
export const cloudTrailCheck: OnboardingCheck = {
  id: 'cloudtrail',
  title: 'CloudTrail says who changed what',
  action: 'cloudtrail:LookupEvents',
  isNeeded: true,
  async look({ clientConfig, signal }) {
    const client = new CloudTrailClient(clientConfig);
    try {
      await client.send(new LookupEventsCommand({ MaxResults: 1 }), {
        abortSignal: signal,
      });
      return { state: 'passed', found: 'Events can be looked up.' };
    } finally {
      client.destroy();
    }
  },
};
