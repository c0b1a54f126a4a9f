import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { decideEntityRead } from './environmentEntities';
import { decideByOwnership } from './ownership';
import { POLICY_TABLE, type Grant, type PolicyRow } from './policyTable';
import { rolesOf, type Role, type RoleGroups } from './roles';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };
const UNLISTED: PolicyRow = { admin: 'all' };

/** Decides by the policy table; denies whoever is not signed in. */
export class PortalPermissionPolicy implements PermissionPolicy {
  readonly #roles: RoleGroups;

  static create(options: { roles: RoleGroups }): PortalPermissionPolicy {
    return new PortalPermissionPolicy(options.roles);
  }

  private constructor(roles: RoleGroups) {
    this.#roles = roles;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return DENY;
    }
    const roles = rolesOf(this.#roles, user.info.ownershipEntityRefs);
    const grant = widest(rowOf(permission.name), roles);
    if (grant === 'all') {
      return permission.name === 'catalog.entity.read'
        ? decideEntityRead(
            widest(rowOf('infra.environment.read'), roles),
            user.info,
          )
        : ALLOW;
    }
    if (grant === 'own' && isResourcePermission(permission)) {
      return decideByOwnership(permission.resourceType, user.info) ?? DENY;
    }
    return DENY;
  }
}

function rowOf(permissionName: string): PolicyRow {
  return Object.hasOwn(POLICY_TABLE, permissionName)
    ? POLICY_TABLE[permissionName]
    : UNLISTED;
}

function widest(row: PolicyRow, roles: Role[]): Grant | undefined {
  const grants = [row.everyone, ...roles.map(role => row[role])];
  return grants.find(grant => grant === 'all') ?? grants.find(Boolean);
}
