import { mockCredentials } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import { kubernetesPermissions } from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import { infraPermissions } from '@slipway/plugin-infra-scaffolder-common';
import { POLICY_TABLE } from './policyTable';
import { PortalPermissionPolicy } from './PortalPermissionPolicy';
import { readRoles } from './roles';

const config = new ConfigReader({
  portal: {
    roles: {
      developer: ['group:default/storefront', 'payments'],
      sre: ['group:default/reliability'],
      finops: ['group:default/finops'],
      approver: ['group:default/platform-leads'],
      admin: ['Group:default/Platform'],
    },
  },
});
const policy = PortalPermissionPolicy.create({ roles: readRoles(config) });

const permissions: Permission[] = [
  ...infraPermissions,
  ...catalogPermissions,
  ...scaffolderPermissions,
  ...kubernetesPermissions,
];

function person(name: string, ...groups: string[]): PolicyQueryUser {
  const userEntityRef = `user:default/${name}`;
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: {
      userEntityRef,
      ownershipEntityRefs: [
        userEntityRef,
        ...groups.map(group => `group:default/${group}`),
      ],
    },
  };
}

const people = {
  developer: person('maya', 'storefront'),
  sre: person('sam', 'reliability'),
  finops: person('fiona', 'finops'),
  approver: person('ada', 'platform-leads'),
  admin: person('alex', 'platform'),
  nobody: person('kim'),
};

const word = (decision: PolicyDecision) =>
  ({ ALLOW: 'yes', DENY: 'no', CONDITIONAL: 'own' }[decision.result]);

async function wordsFor(permission: Permission) {
  const words = await Promise.all(
    Object.values(people).map(async user =>
      word(await policy.handle({ permission }, user)),
    ),
  );
  return words.join(' ');
}

// developer  sre  finops  approver  admin  nobody
const EXPECTED: Record<string, string> = {
  'infra.environment.create': 'yes yes no no yes no',
  'infra.environment.read': 'own yes yes yes yes no',
  'infra.environment.update': 'own yes no no yes no',
  'infra.environment.destroy': 'own yes no no yes no',
  'infra.environment.schedule': 'own yes no no yes no',
  'infra.environment.freeze': 'no yes no no yes no',
  'infra.dependents.override': 'no no no no yes no',
  'infra.plan.approve': 'no yes no yes yes no',
  'infra.policy.exempt': 'no no no yes yes no',
  'infra.account.check': 'no yes no no yes no',
  'infra.freeze.manage': 'no yes no no yes no',
  'infra.freeze.override': 'no yes no no yes no',
  'catalog.entity.read': 'own yes yes yes yes own',
  'catalog.entity.create': 'no no no no yes no',
  'catalog.entity.delete': 'no no no no yes no',
  'catalog.entity.refresh': 'no no no no yes no',
  'catalog.entity.validate': 'yes yes yes yes yes yes',
  'catalog.location.read': 'yes yes yes yes yes yes',
  'catalog.location.create': 'no no no no yes no',
  'catalog.location.analyze': 'yes yes yes yes yes yes',
  'catalog.location.delete': 'no no no no yes no',
  'catalog.ingestion.read': 'no yes no no yes no',
  'catalog.ingestion.manage': 'no no no no yes no',
  'scaffolder.action.execute': 'yes yes no no yes no',
  'scaffolder.template.parameter.read': 'yes yes yes yes yes yes',
  'scaffolder.template.step.read': 'yes yes yes yes yes yes',
  'scaffolder.template.dry-run': 'no no no no yes no',
  'scaffolder.template.management': 'no no no no yes no',
  'scaffolder.task.create': 'yes yes no no yes no',
  'scaffolder.task.read': 'own own own own yes own',
  'scaffolder.task.cancel': 'own own own own yes own',
  'kubernetes.proxy': 'no yes no no yes no',
  'kubernetes.resources.read': 'yes yes yes yes yes yes',
  'kubernetes.clusters.read': 'yes yes yes yes yes yes',
};

describe('PortalPermissionPolicy', () => {
  it.each(
    permissions.map(permission => [permission.name, permission] as const),
  )('decides %s for each role', async (name, permission) => {
    expect(EXPECTED).toHaveProperty([name]);
    await expect(wordsFor(permission)).resolves.toBe(EXPECTED[name]);
  });

  it('names in its table only permissions that exist', () => {
    const names = permissions.map(({ name }) => name);
    expect(Object.keys(POLICY_TABLE).filter(n => !names.includes(n))).toEqual(
      [],
    );
  });

  it.each(['read', 'create', 'update', 'delete'] as const)(
    'leaves a %s permission that no one has decided on to the administrators',
    async action => {
      await expect(
        wordsFor(
          createPermission({ name: `later.${action}`, attributes: { action } }),
        ),
      ).resolves.toBe('no no no no yes no');
    },
  );

  it('says by which groups a developer owns environments', async () => {
    const read = infraPermissions.find(p => p.name.endsWith('.read'))!;
    await expect(
      policy.handle({ permission: read }, people.developer),
    ).resolves.toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'infra-scaffolder',
      resourceType: 'infra-environment',
      conditions: {
        rule: 'IS_OWNER',
        resourceType: 'infra-environment',
        params: { claims: ['user:default/maya', 'group:default/storefront'] },
      },
    });
  });

  it('shows entities of environments in the catalog as far as the environments themselves', async () => {
    const read = catalogPermissions.find(
      ({ name }) => name === 'catalog.entity.read',
    )!;
    const isNoEnvironment = {
      not: {
        rule: 'HAS_ANNOTATION',
        resourceType: 'catalog-entity',
        params: { annotation: 'slipway.dev/environment-id' },
      },
    };
    const decision = {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'catalog',
      resourceType: 'catalog-entity',
    };
    await expect(
      policy.handle({ permission: read }, people.developer),
    ).resolves.toEqual({
      ...decision,
      conditions: {
        anyOf: [
          isNoEnvironment,
          {
            rule: 'IS_ENTITY_OWNER',
            resourceType: 'catalog-entity',
            params: {
              claims: ['user:default/maya', 'group:default/storefront'],
            },
          },
        ],
      },
    });
    await expect(
      policy.handle({ permission: read }, people.nobody),
    ).resolves.toEqual({ ...decision, conditions: isNoEnvironment });
  });

  it('gives the widest grant to whoever holds several roles', async () => {
    const both = person('kit', 'payments', 'finops');
    const decisions = await Promise.all(
      infraPermissions
        .filter(({ name }) => name.startsWith('infra.environment.'))
        .map(permission => policy.handle({ permission }, both)),
    );
    expect(decisions.map(word)).toEqual([
      'yes',
      'yes',
      'own',
      'own',
      'no',
      'own',
    ]);
  });

  it('denies everything to whoever is not signed in', async () => {
    const decisions = await Promise.all(
      permissions.map(permission => policy.handle({ permission })),
    );
    expect(new Set(decisions.map(word))).toEqual(new Set(['no']));
  });

  it('is not fooled by names that every object has', async () => {
    await expect(
      wordsFor(createPermission({ name: 'constructor', attributes: {} })),
    ).resolves.toBe('no no no no yes no');
  });
});

describe('readRoles', () => {
  it('gives no role to anyone where nothing is configured', async () => {
    const bare = PortalPermissionPolicy.create({
      roles: readRoles(new ConfigReader({})),
    });
    const [create] = infraPermissions;
    await expect(
      bare.handle({ permission: create }, people.admin),
    ).resolves.toEqual({ result: AuthorizeResult.DENY });
  });

  it.each([
    [{ boss: [] }, /portal.roles.boss is no role.*developer, sre/],
    [{ sre: ['group:'] }, /portal.roles.sre holds 'group:'/],
    [{ admin: ['user:default/alex'] }, /portal.roles.admin holds 'user:/],
  ])('refuses %j', (roles, message) => {
    expect(() => readRoles(new ConfigReader({ portal: { roles } }))).toThrow(
      message,
    );
  });
});
