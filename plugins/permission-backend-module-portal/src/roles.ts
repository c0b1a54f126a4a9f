import {
  parseEntityRef,
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** All roles of the portal. */
export const ROLES = [
  'developer',
  'sre',
  'finops',
  'approver',
  'admin',
] as const;

export type Role = (typeof ROLES)[number];

/** Group references by role, in the form that ownership claims have. */
export type RoleGroups = Record<Role, ReadonlySet<string>>;

/** @throws InputError naming the role or group that cannot be read, and the roles there are. */
export function readRoles(config: Config): RoleGroups {
  const section = config.getOptionalConfig('portal.roles');
  const unknown = section?.keys().find(key => !isRole(key));
  if (unknown) {
    throw new InputError(
      `portal.roles.${unknown} is no role of the portal; the roles are ${ROLES.join(
        ', ',
      )}.`,
    );
  }
  const groupsOf = (role: Role) =>
    new Set(
      (section?.getOptionalStringArray(role) ?? []).map(ref =>
        parseGroup(role, ref),
      ),
    );
  return {
    developer: groupsOf('developer'),
    sre: groupsOf('sre'),
    finops: groupsOf('finops'),
    approver: groupsOf('approver'),
    admin: groupsOf('admin'),
  };
}

/** Roles that the claims hold through membership. */
export function rolesOf(groups: RoleGroups, claims: string[]): Role[] {
  return ROLES.filter(role => claims.some(claim => groups[role].has(claim)));
}

function parseGroup(role: Role, ref: string): string {
  const group = tryParse(ref);
  if (group?.kind.toLocaleLowerCase('en-US') !== 'group') {
    throw new InputError(
      `portal.roles.${role} holds '${ref}', which is no reference to a group; write it like group:default/storefront.`,
    );
  }
  return stringifyEntityRef(group);
}

function tryParse(ref: string): CompoundEntityRef | undefined {
  try {
    return parseEntityRef(ref, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
  } catch {
    return undefined;
  }
}

function isRole(key: string): key is Role {
  return ROLES.some(role => role === key);
}
