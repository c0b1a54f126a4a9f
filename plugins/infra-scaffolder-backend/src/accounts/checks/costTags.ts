import {
  CostExplorerClient,
  ListCostAllocationTagsCommand,
} from '@aws-sdk/client-cost-explorer';
import { COST_TAGS } from '@slipway/plugin-infra-scaffolder-node';
import type { OnboardingCheck, Verdict } from '../types';
import { isDenied } from './verdictOfError';

function judge(statuses: Map<string | undefined, string | undefined>): Verdict {
  const inactive = COST_TAGS.filter(key => statuses.get(key) === 'Inactive');
  const unseen = COST_TAGS.filter(key => !statuses.has(key));
  if (inactive.length > 0) {
    return {
      state: 'warning',
      found: `Costs cannot be told apart by ${inactive.join(
        ', ',
      )}: they are not active. Only costs from then on have them.`,
      command: `aws ce update-cost-allocation-tags-status --cost-allocation-tags-status ${inactive
        .map(key => `TagKey=${key},Status=Active`)
        .join(' ')}`,
    };
  }
  return unseen.length > 0
    ? {
        state: 'warning',
        found: `AWS has not seen ${unseen.join(
          ', ',
        )} on any resource. It does within a day after the first environment is made; then they can be made active.`,
      }
    : {
        state: 'passed',
        found: `Costs are told apart by ${COST_TAGS.join(', ')}.`,
      };
}

/** {@link https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_ListCostAllocationTags.html} */
export const costTagsCheck: OnboardingCheck = {
  id: 'cost-tags',
  title: 'Cost allocation tags',
  action: 'ce:ListCostAllocationTags',
  isNeeded: false,
  async look({ clientConfig, target, signal }) {
    const client = new CostExplorerClient(clientConfig);
    try {
      const { CostAllocationTags = [] } = await client.send(
        new ListCostAllocationTagsCommand({ TagKeys: COST_TAGS }),
        { abortSignal: signal },
      );
      return judge(
        new Map(CostAllocationTags.map(tag => [tag.TagKey, tag.Status])),
      );
    } catch (error) {
      if (!isDenied(error)) {
        throw error;
      }
      return {
        state: 'unknown',
        found: `Which tags are active for costs AWS does not tell account ${target.accountId}.`,
        mend: 'Where the account is in an organization, look in the management account. Else allow ce:ListCostAllocationTags to the portal’s role.',
        command: 'aws ce list-cost-allocation-tags --status Active',
      };
    } finally {
      client.destroy();
    }
  },
};
