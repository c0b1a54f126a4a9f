import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Environment,
  RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentStore } from '../database/types';
import type { EnvironmentAuthorizer } from './EnvironmentAuthorizer';
import { partnerStackOf } from './partnerStack';
import type { RequestDraft } from './RequestChecker';

/** What an environment has now that is to be changed. */
export type EnvironmentBefore = Pick<Environment, 'id' | 'parameters'>;

/**
 * Checks that whoever names an environment as the other half of theirs may change it: a standby reads its primary's data
 * and holds up its destroy, and a primary writes to its standby. So it has to be there: a name that nobody has yet would
 * be another group's tomorrow. What stands already stays, as long as it means the same environment.
 *
 * @returns with the partner's id, where it may be joined.
 */
export async function checkPartner(
  { accountId, parameters }: RequestDraft,
  options: {
    environments: EnvironmentStore;
    authorizer: EnvironmentAuthorizer;
    credentials: BackstageCredentials;
    before?: EnvironmentBefore;
  },
): Promise<{ issues: RequestIssue[]; partnerId?: string }> {
  const stack = partnerStackOf(parameters);
  if (!stack || accountId === undefined) {
    return { issues: [] };
  }
  const { environments, authorizer, credentials, before } = options;
  const partner = await environments.ofStack(stack, accountId);
  const stands = before && partnerStackOf(before.parameters) === stack;
  const refused = (message: string) => ({
    issues: [{ path: 'parameters.partnerStack', message }],
  });
  if (!partner) {
    return stands
      ? { issues: [] }
      : refused(
          `No environment of account ${accountId} has the stack ${stack}. Make that one first, then name it.`,
        );
  }
  const isJoined =
    stands && (await environments.partnerIdOf(before.id)) === partner.id;
  if (isJoined || (await authorizer.mayOwn(partner.owner, credentials))) {
    return { issues: [], partnerId: partner.id };
  }
  const isVisible = await authorizer.visibility(credentials);
  return refused(
    isVisible(partner)
      ? `${stack} belongs to ${partner.name} of ${partner.owner}, which you may not change. Name an environment of your own groups, or ask somebody who may change both, e.g. an SRE.`
      : `${stack} belongs to an environment of another group. Name one of your own groups, or ask somebody who may change both, e.g. an SRE.`,
  );
}
