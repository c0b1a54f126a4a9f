import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { ANNOTATION_ENVIRONMENT_ID } from '@slipway/plugin-infra-scaffolder-common';
import { decideByOwnership, type Person } from './ownership';
import type { Grant } from './policyTable';

const CATALOG_ENTITY = 'catalog-entity';

const isNoEnvironment: PermissionCriteria<PermissionCondition> = {
  not: {
    rule: 'HAS_ANNOTATION',
    resourceType: CATALOG_ENTITY,
    params: { annotation: ANNOTATION_ENVIRONMENT_ID },
  },
};

/**
 * Which catalog entities may be read by a person who may read the catalog: those of environments only as far as the
 * environments themselves, so that the catalog and its search do not tell what the registry denies.
 */
export function decideEntityRead(
  ofEnvironments: Grant | undefined,
  person: Person,
): PolicyDecision {
  if (ofEnvironments === 'all') {
    return { result: AuthorizeResult.ALLOW };
  }
  const own =
    ofEnvironments === 'own'
      ? decideByOwnership(CATALOG_ENTITY, person)?.conditions
      : undefined;
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'catalog',
    resourceType: CATALOG_ENTITY,
    conditions: own ? { anyOf: [isNoEnvironment, own] } : isNoEnvironment,
  };
}
