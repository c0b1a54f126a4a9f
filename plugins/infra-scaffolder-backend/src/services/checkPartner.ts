import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { RequestIssue } from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentStore } from '../database/types';
import type { EnvironmentAuthorizer } from './EnvironmentAuthorizer';
import type { RequestDraft } from './RequestChecker';

/** What CloudFormation lets a stack be called; nothing else names one. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

/**
 * Checks that whoever names an environment as the other half of theirs may change it: a standby holds up the destroy of
 * its primary, and a primary writes to its standby.
 */
export async function checkPartner(
  { accountId, parameters }: RequestDraft,
  options: {
    environments: EnvironmentStore;
    authorizer: EnvironmentAuthorizer;
    credentials: BackstageCredentials;
  },
): Promise<RequestIssue[]> {
  const stack = parameters?.partnerStack;
  if (
    typeof stack !== 'string' ||
    !STACK_NAME.test(stack) ||
    accountId === undefined
  ) {
    return [];
  }
  const { environments, authorizer, credentials } = options;
  const partner = await environments.ofStack(stack, accountId);
  if (!partner || (await authorizer.mayOwn(partner.owner, credentials))) {
    return [];
  }
  const isVisible = await authorizer.visibility(credentials);
  return [
    {
      path: 'parameters.partnerStack',
      message: isVisible(partner)
        ? `${stack} belongs to ${partner.name} of ${partner.owner}, which you may not change. Name an environment of your own groups, or ask somebody who may change both, e.g. an SRE.`
        : `${stack} belongs to an environment of another group. Name one of your own groups, or ask somebody who may change both, e.g. an SRE.`,
    },
  ];
}
