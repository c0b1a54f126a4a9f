import type { Entity } from '@backstage/catalog-model';
import type {
  FleetEnvironment,
  FleetPageQuery,
  FleetTotals,
  ListedApproval,
} from '@slipway/plugin-infra-scaffolder-common';
import { homeSentence } from './homeSentence';
import { groupOf, loadHome } from './loadHome';
import { needsOf } from './needs';

const NOW = Date.parse('2026-11-25T10:00:00Z');

const system = (name: string, owner: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name, namespace: 'default' },
  spec: { owner },
  relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
});

const template = (name: string, type: string): Entity => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name, namespace: 'default', title: `New ${name}` },
  spec: { type },
});

const environment = (
  name: string,
  part: Partial<FleetEnvironment> = {},
): FleetEnvironment => ({
  id: name,
  name,
  blueprint: { id: 'microservices-platform', version: '1.0.0' },
  owner: 'group:default/storefront',
  system: 'system:default/shop',
  accountId: '123456789012',
  region: 'us-east-1',
  size: 'dev',
  engine: 'cdk',
  status: 'ready',
  createdAt: '2026-11-21T10:00:00Z',
  ...part,
});

const approval = (mayDecide: boolean): ListedApproval => ({
  runId: `run-${mayDecide}`,
  planHash: 'a'.repeat(64),
  environmentId: 'e',
  environmentName: 'pay-prod',
  operation: 'destroy',
  runTitle: 'Destroy pay-prod',
  state: 'waiting',
  authors: ['user:default/tom'],
  reasons: ['Destroys a production environment'],
  requestedAt: '2026-11-25T09:00:00Z',
  expiresAt: '2026-12-02T09:00:00Z',
  mayDecide,
});

const NONE: FleetTotals = {
  environments: 0,
  monthlyUsd: '0.00',
  unpriced: 0,
  failed: 0,
  working: 0,
  drifted: 0,
  outdated: 0,
  expiring: 0,
};

async function home(
  group: string,
  options: {
    totals?: Partial<FleetTotals>;
    lists?: Record<string, FleetEnvironment[]>;
    approvals?: ListedApproval[];
  } = {},
) {
  const asked: FleetPageQuery[] = [];
  const totals = { ...NONE, ...options.totals };
  const shown = await loadHome(
    {
      displayName: 'Maya',
      ownershipEntityRefs: ['user:default/maya', `group:default/${group}`],
    },
    {
      catalogApi: {
        getEntities: async () => ({
          items: [
            system('shop', 'storefront'),
            system('ledger', 'payments'),
            template('platform', 'environment'),
            template('docs', 'documentation'),
          ],
        }),
      },
      fleetApi: {
        listFleet: async query => {
          asked.push(query);
          const facet = ['status', 'expiry', 'drift'].find(
            each => each in query.where!,
          )!;
          const key = facet === 'status' ? query.where!.status!.join() : facet;
          return { items: options.lists?.[key] ?? [] };
        },
        summariseFleet: async query => {
          asked.push(query);
          return {
            totals,
            facets: {} as never,
            groups: [{ value: 'system:default/shop', ...totals }],
          };
        },
      },
      infraApi: { listApprovals: async () => options.approvals ?? [] },
    },
  );
  return { shown, asked };
}

describe('home', () => {
  it('asks for what a developer and their groups own', async () => {
    const { shown, asked } = await home('storefront', {
      totals: { environments: 3, monthlyUsd: '120.50' },
    });
    expect(shown.scope).toBe('own');
    expect(shown.systems.map(s => s.metadata.name)).toEqual(['shop']);
    for (const query of asked) {
      expect(query.where!.owner).toEqual([
        'user:default/maya',
        'group:default/storefront',
      ]);
    }
    expect(groupOf(shown, shown.systems[0])?.environments).toBe(3);
    expect(shown.makers).toEqual([
      {
        title: 'New platform',
        description: undefined,
        to: '/create/templates/default/platform',
      },
    ]);
    expect(homeSentence(shown)).toEqual({
      health: 'healthy',
      sentence:
        'Your 1 system has 3 environments at $120.50 a month; nothing needs you.',
    });
  });

  it('shows everything to whoever owns no system', async () => {
    const { shown } = await home('reliability', {
      totals: { environments: 2, unpriced: 2, failed: 1 },
    });
    expect(shown.systems).toHaveLength(2);
    expect(shown.where).toEqual({});
    expect(homeSentence(shown)).toEqual({
      health: 'failing',
      sentence: '2 systems have 2 environments: 1 failed.',
    });
  });

  it('lists what awaits the person, decisions first, what is at work last', async () => {
    const { shown } = await home('storefront', {
      totals: { environments: 4, drifted: 1, expiring: 2 },
      approvals: [approval(true), approval(false)],
      lists: {
        failed: [
          environment('broken', { statusReason: 'The quota is used up.' }),
        ],
        expiry: [
          environment('soon', { expiresAt: '2026-11-26T11:00:00Z' }),
          environment('past', { expiresAt: '2026-11-25T07:00:00Z' }),
          environment('later', { expiresAt: '2026-11-29T10:00:00Z' }),
        ],
        drift: [
          environment('moved', {
            drift: {
              state: 'drifted',
              at: '2026-11-25T09:00:00Z',
              resources: 2,
            },
          }),
        ],
        'planning,creating,updating,destroying': [
          environment('made', {
            status: 'creating',
            activeRun: {
              runId: 'r1',
              operation: 'create',
              startedBy: 'user:default/maya',
              since: '2026-11-25T09:00:00Z',
            },
          }),
        ],
      },
    });
    expect(
      needsOf(shown, NOW).map(({ word, name, to, why }) => [
        word,
        name,
        to,
        why,
      ]),
    ).toEqual([
      [
        'Approve',
        'pay-prod',
        '/environments/runs/run-true',
        'Destroy pay-prod: Destroys a production environment.',
      ],
      ['Failed', 'broken', '/environments/broken', 'The quota is used up.'],
      [
        'Ends soon',
        'soon',
        '/environments/soon',
        'Ends in 25 h and is destroyed then unless it is extended.',
      ],
      [
        'Past its end',
        'past',
        '/environments/past',
        'Its end was 3 h ago; it is destroyed unless it is extended.',
      ],
      [
        'Drifted',
        'moved',
        '/environments/moved?tab=drift',
        '2 resources changed outside the portal.',
      ],
      ['At work', 'made', '/environments/made/runs/r1', undefined],
    ]);
    expect(homeSentence(shown).sentence).toContain(
      '1 plan awaits you, 2 end within three days, 1 drifted',
    );
  });

  it.each([
    [{}, 'unknown', 'Your 1 system has no environment yet.'],
    [
      { environments: 1, unpriced: 1, working: 1 },
      'working',
      'Your 1 system has 1 environment: 1 run at work.',
    ],
  ])('says what is so', async (totals, health, sentence) => {
    const { shown } = await home('storefront', { totals });
    expect(homeSentence(shown)).toEqual({ health, sentence });
  });
});
