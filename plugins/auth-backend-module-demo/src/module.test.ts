import {
  mockServices,
  startTestBackend,
  TestDatabases,
  type TestBackend,
} from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import authModuleDemo from '.';

jest.setTimeout(60_000);

const people = [
  {
    name: 'maya',
    displayName: 'Maya Lindqvist',
    role: 'Developer',
    team: 'Storefront',
    summary: 'Runs the environments of Storefront.',
  },
];

const maya: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'maya', namespace: 'default' },
  spec: { memberOf: ['storefront'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/storefront' }],
};

describe('authModuleDemo', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const nodeEnv = process.env.NODE_ENV;
  let backend: TestBackend | undefined;

  afterEach(async () => {
    Object.assign(process.env, { NODE_ENV: nodeEnv });
    await backend?.stop();
    backend = undefined;
  });

  async function start(auth: JsonObject, entities: Entity[] = [maya]) {
    const knex = await databases.init('POSTGRES_18');
    backend = await startTestBackend({
      features: [
        authPlugin,
        authModuleDemo,
        catalogServiceMock.factory({ entities }),
        mockServices.database.factory({ knex }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
            auth,
          },
        }),
      ],
    });
    return backend.server;
  }

  it('signs a listed person in, with the groups that the catalog says', async () => {
    const server = await start({ providers: { demo: { people } } });
    const { status, body } = await request(server)
      .get('/api/auth/demo/refresh')
      .set('x-slipway-person', 'maya');
    expect(status).toBe(200);
    expect(body.profile).toEqual({ displayName: 'Maya Lindqvist' });
    expect(body.backstageIdentity.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/maya',
      ownershipEntityRefs: ['user:default/maya', 'group:default/storefront'],
    });
  });

  it.each([
    [undefined, 400, /x-slipway-person: one of maya/],
    ['', 400, /x-slipway-person: one of maya/],
    ['alex', 401, /lists maya/],
    ['user:default/maya', 401, /lists maya/],
  ])('refuses %j with %d', async (name, expected, message) => {
    const alex = { ...maya, metadata: { name: 'alex', namespace: 'default' } };
    const server = await start({ providers: { demo: { people } } }, [
      maya,
      alex,
    ]);
    const { status, body } = await request(server)
      .get('/api/auth/demo/refresh')
      .set(name === undefined ? {} : { 'x-slipway-person': name });
    expect(status).toBe(expected);
    expect(body.error.message).toMatch(message);
    expect(body.backstageIdentity).toBeUndefined();
  });

  it.each([
    ['localhost:7007', 200],
    ['127.0.0.1:7007', 200],
    ['rebound.example:7007', 403],
    ['localhost.example', 403],
  ])('at the host %s answers %d', async (host, expected) => {
    const server = await start({ providers: { demo: { people } } });
    const { status, body } = await request(server)
      .get('/api/auth/demo/refresh')
      .set({ host, 'x-slipway-person': 'maya' });
    expect(status).toBe(expected);
    expect(Boolean(body.backstageIdentity)).toBe(expected === 200);
  });

  it('has no such sign-in where it is not configured', async () => {
    const server = await start({ environment: 'production', providers: {} });
    const { status } = await request(server)
      .get('/api/auth/demo/refresh')
      .set('x-slipway-person', 'maya');
    expect(status).toBe(404);
  });

  it('takes null, as the production configuration has it, for not configured', async () => {
    const server = await start({
      environment: 'production',
      providers: { demo: null },
    });
    const { status } = await request(server).get('/api/auth/demo/refresh');
    expect(status).toBe(404);
  });

  it('keeps the back end from starting where auth.environment is production', async () => {
    await expect(
      start({ environment: 'production', providers: { demo: { people } } }),
    ).rejects.toThrow(/does not start.*auth.environment is production/);
  });

  it('keeps the back end from starting where NODE_ENV is production', async () => {
    Object.assign(process.env, { NODE_ENV: 'production' });
    await expect(start({ providers: { demo: { people } } })).rejects.toThrow(
      /does not start.*NODE_ENV is production/,
    );
  });
});
