import type {
  ConditionalPolicyDecision,
  PermissionCondition,
} from '@backstage/plugin-permission-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_ENVIRONMENT } from '@slipway/plugin-infra-scaffolder-common';

/** Who asks: their own reference, and all that they own through. */
export interface Person {
  userEntityRef: string;
  ownershipEntityRefs: string[];
}

interface OwnershipRule {
  pluginId: string;
  rule: string;
  params(person: Person): PermissionCondition['params'];
}

/** How each resource type says that something is a person's own: a rule of its plugin, which becomes SQL there. */
const OWNERSHIP_RULES: Record<string, OwnershipRule> = {
  [RESOURCE_TYPE_ENVIRONMENT]: {
    pluginId: 'infra-scaffolder',
    rule: 'IS_OWNER',
    params: ({ ownershipEntityRefs }) => ({ claims: ownershipEntityRefs }),
  },
  'catalog-entity': {
    pluginId: 'catalog',
    rule: 'IS_ENTITY_OWNER',
    params: ({ ownershipEntityRefs }) => ({ claims: ownershipEntityRefs }),
  },
  'scaffolder-task': {
    pluginId: 'scaffolder',
    rule: 'IS_TASK_OWNER',
    params: ({ userEntityRef }) => ({ createdBy: [userEntityRef] }),
  },
};

/** Allowed for what the person owns; undefined where the resource type has no such rule. */
export function decideByOwnership(
  resourceType: string,
  person: Person,
): ConditionalPolicyDecision | undefined {
  const ownership = OWNERSHIP_RULES[resourceType];
  if (!ownership) {
    return undefined;
  }
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: ownership.pluginId,
    resourceType,
    conditions: {
      rule: ownership.rule,
      resourceType,
      params: ownership.params(person),
    },
  };
}
