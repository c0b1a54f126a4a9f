import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  infraAccountCheckPermission,
  infraDependentsOverridePermission,
  infraEnvironmentCreatePermission,
  infraEnvironmentFreezePermission,
  infraEnvironmentReadPermission,
  infraFreezeManagePermission,
  infraFreezeOverridePermission,
  infraPlanApprovePermission,
  infraPolicyExemptPermission,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@slipway/plugin-infra-scaffolder-node';
import { actorOf } from '../services/actor';

type Role = 'developer' | 'sre' | 'finops' | 'approver';

export const PEOPLE: Record<string, { role: Role; group: string }> = {
  'user:default/maya': {
    role: 'developer',
    group: 'group:default/storefront',
  },
  'user:default/tom': { role: 'developer', group: 'group:default/payments' },
  'user:default/sam': { role: 'sre', group: 'group:default/reliability' },
  'user:default/ada': { role: 'approver', group: 'group:default/approvers' },
  'user:default/olu': { role: 'approver', group: 'group:default/approvers' },
  'user:default/fiona': { role: 'finops', group: 'group:default/finops' },
};

const ALLOW = { result: AuthorizeResult.ALLOW } as const;
const DENY = { result: AuthorizeResult.DENY } as const;

function decide(
  permission: { name: string },
  credentials: BackstageCredentials,
): PolicyDecision {
  const actor = actorOf(credentials);
  const person = PEOPLE[actor];
  if (!person) {
    return actor.startsWith('user:') ? DENY : ALLOW;
  }
  const { name } = permission;
  if (person.role === 'sre') {
    return name === infraPolicyExemptPermission.name ? DENY : ALLOW;
  }
  if (person.role === 'finops') {
    return name === infraEnvironmentReadPermission.name ? ALLOW : DENY;
  }
  if (person.role === 'approver') {
    return name === infraEnvironmentReadPermission.name ||
      name === infraPlanApprovePermission.name ||
      name === infraPolicyExemptPermission.name
      ? ALLOW
      : DENY;
  }
  if (name === infraEnvironmentCreatePermission.name) {
    return ALLOW;
  }
  if (
    name === infraEnvironmentFreezePermission.name ||
    name === infraDependentsOverridePermission.name ||
    name === infraPlanApprovePermission.name ||
    name === infraFreezeOverridePermission.name ||
    name === infraFreezeManagePermission.name ||
    name === infraPolicyExemptPermission.name ||
    name === infraAccountCheckPermission.name
  ) {
    return DENY;
  }
  return createEnvironmentConditionalDecision(
    permission as ResourcePermission<'infra-environment'>,
    environmentConditions.isOwner({ claims: [actor, person.group] }),
  );
}

/** Decides as the portal's policy does, without a permission back end. */
export const testPermissions: PermissionsService = {
  async authorize(requests, options) {
    return requests.map(({ permission }) => {
      const { result } = decide(
        permission,
        (options as { credentials: BackstageCredentials }).credentials,
      );
      return {
        result:
          result === AuthorizeResult.ALLOW
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      };
    });
  },
  async authorizeConditional(requests, options) {
    return requests.map(({ permission }) =>
      decide(
        permission,
        (options as { credentials: BackstageCredentials }).credentials,
      ),
    );
  },
};
