import type { Entity } from '@backstage/catalog-model';
import type {
  Environment,
  EnvironmentStatus,
} from '@slipway/plugin-infra-scaffolder-common';
import { homeSentence } from './homeSentence';
import { loadHome } from './loadHome';

const system = (name: string, owner: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name, namespace: 'default' },
  spec: { owner },
  relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
});

const environment = (
  name: string,
  systemName: string,
  status: EnvironmentStatus,
): Environment => ({
  id: name,
  name,
  blueprint: { id: 'microservices-platform', version: '1.0.0' },
  owner: 'group:default/storefront',
  system: `system:default/${systemName}`,
  accountId: '123456789012',
  region: 'us-east-1',
  size: 'dev',
  cidr: '10.0.0.0/16',
  engine: 'cdk',
  parameters: {},
  status,
  createdBy: 'user:default/maya',
  createdAt: '2026-11-21T10:00:00Z',
  updatedAt: '2026-11-21T10:00:00Z',
  outputs: [],
  engineState: {},
  ...(status === 'creating' && {
    activeRun: {
      runId: 'r1',
      operation: 'create',
      startedBy: 'user:default/maya',
      since: '2026-11-21T10:00:00Z',
    },
  }),
});

const systems = [system('shop', 'storefront'), system('ledger', 'payments')];
const environments = [
  environment('shop-dev', 'shop', 'ready'),
  environment('ledger-dev', 'ledger', 'failed'),
];

function home(group: string, items = environments) {
  return loadHome(
    {
      displayName: 'Maya',
      ownershipEntityRefs: ['user:default/maya', `group:default/${group}`],
    },
    {
      catalogApi: { getEntities: async () => ({ items: systems }) },
      infraApi: {
        listEnvironments: async () => ({ items, total: items.length }),
      },
    },
  );
}

describe('home', () => {
  it('shows a developer their own systems and the environments of these', async () => {
    const shown = await home('storefront');
    expect(shown.scope).toBe('own');
    expect(shown.systems.map(s => s.metadata.name)).toEqual(['shop']);
    expect(shown.environments.map(e => e.name)).toEqual(['shop-dev']);
    expect(homeSentence(shown)).toEqual({
      health: 'healthy',
      sentence: 'Your 1 system has 1 environment; nothing needs you.',
    });
  });

  it('shows everything to whoever owns no system', async () => {
    const shown = await home('reliability');
    expect(shown.systems).toHaveLength(2);
    expect(homeSentence(shown)).toEqual({
      health: 'failing',
      sentence: '2 systems have 2 environments: 1 failed and needs you.',
    });
  });

  it.each([
    [[], 'unknown', 'Your 1 system has no environment yet.'],
    [
      [environment('a', 'shop', 'creating')],
      'working',
      'Your 1 system has 1 environment: 1 run at work.',
    ],
    [
      [environment('a', 'shop', 'failed'), environment('b', 'shop', 'failed')],
      'failing',
      'Your 1 system has 2 environments: 2 failed and need you.',
    ],
  ])('says what is so', async (items, health, sentence) => {
    expect(homeSentence(await home('storefront', items))).toEqual({
      health,
      sentence,
    });
  });
});
