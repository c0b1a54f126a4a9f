import { mockServices } from '@backstage/backend-test-utils';
import type { SchedulerServiceTaskRunner } from '@backstage/backend-plugin-api';
import {
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import {
  INFRA_ENVIRONMENT_TOPIC,
  type Environment,
  type EnvironmentStatus,
} from '@slipway/plugin-infra-scaffolder-common';
import type { InfraService } from '@slipway/plugin-infra-scaffolder-node';
import { EnvironmentEntityProvider } from './EnvironmentEntityProvider';

function environment(
  name: string,
  status: EnvironmentStatus = 'ready',
): Environment {
  return {
    id: `id-of-${name}`,
    name,
    status,
    owner: 'group:default/storefront',
    system: 'system:default/shop',
    accountId: '123456789012',
    region: 'us-east-1',
    size: 'dev',
    cidr: '10.0.0.0/16',
    engine: 'cdk',
    blueprint: { id: 'shop-platform', version: '1.0.0' },
    parameters: {},
    createdBy: 'user:default/maya',
    createdAt: '2026-11-21T10:00:00.000Z',
    updatedAt: '2026-11-21T10:00:00.000Z',
    outputs: [],
    engineState: {},
  };
}

async function setUp(registry: Environment[]) {
  const mutations: EntityProviderMutation[] = [];
  let refresh = async () => {};
  const schedule: SchedulerServiceTaskRunner = {
    run: async task => {
      refresh = async () => task.fn(new AbortController().signal);
    },
  };
  const infra: Pick<InfraService, 'listEnvironments' | 'getEnvironment'> = {
    listEnvironments: async ({ cursor }) => {
      const at = Number(cursor ?? 0);
      return {
        items: registry.slice(at, at + 2),
        total: registry.length,
        nextCursor: at + 2 < registry.length ? String(at + 2) : undefined,
      };
    },
    getEnvironment: async nameOrId =>
      registry.find(({ name }) => name === nameOrId),
  };
  const events = mockServices.events();
  const logger = mockServices.logger.mock();
  await EnvironmentEntityProvider.create({
    infra: infra as InfraService,
    auth: mockServices.auth(),
    events,
    logger,
    schedule,
    baseUrl: 'https://portal.example.test',
  }).connect({
    applyMutation: async mutation => {
      mutations.push(mutation);
    },
    refresh: async () => {},
  });
  const tell = (name: string) =>
    events.publish({
      topic: INFRA_ENVIRONMENT_TOPIC,
      eventPayload: { environmentId: 'any', name, change: 'ready' },
    });
  return { mutations, refresh: () => refresh(), tell, infra, logger };
}

describe('EnvironmentEntityProvider', () => {
  it('brings every living environment, page by page, as valid entities', async () => {
    const { mutations, refresh } = await setUp(
      ['one', 'two', 'three'].map(name => environment(name)),
    );
    await refresh();
    expect(mutations).toHaveLength(1);
    const [mutation] = mutations;
    if (mutation.type !== 'full') {
      throw new Error('Expected a full mutation');
    }
    expect(mutation.entities.map(each => each.entity.metadata.name)).toEqual([
      'one',
      'two',
      'three',
    ]);
    const policy = EntityPolicies.allOf([
      new DefaultNamespaceEntityPolicy(),
      new SchemaValidEntityPolicy(),
      new FieldFormatEntityPolicy(),
    ]);
    for (const { entity } of mutation.entities) {
      await policy.enforce(entity);
    }
    expect(mutation.entities[0].entity).toMatchObject({
      kind: 'Resource',
      metadata: {
        annotations: {
          'slipway.dev/environment-id': 'id-of-one',
          'slipway.dev/status': 'ready',
        },
        links: [{ url: 'https://portal.example.test/environments/one' }],
      },
      spec: {
        type: 'environment',
        owner: 'group:default/storefront',
        system: 'system:default/shop',
      },
    });
  });

  it('follows changes: adds what lives, removes what has ended', async () => {
    const { mutations, tell } = await setUp([
      environment('alive', 'creating'),
      environment('gone', 'destroyed'),
    ]);
    await tell('alive');
    await tell('gone');
    await tell('never-was');
    expect(
      mutations.map(
        mutation =>
          mutation.type === 'delta' && [
            mutation.added.length,
            mutation.removed.length,
          ],
      ),
    ).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('waits for the next full reading where the registry does not answer', async () => {
    const { mutations, tell, infra, logger, refresh } = await setUp([
      environment('later'),
    ]);
    infra.getEnvironment = async () => {
      throw new Error('connection refused');
    };
    await tell('later');
    expect(mutations).toEqual([]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('connection refused'),
    );
    await refresh();
    expect(mutations).toHaveLength(1);
  });
});
