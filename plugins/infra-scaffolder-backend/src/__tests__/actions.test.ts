import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import { TestDatabases, mockCredentials } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import mcpActions from '@backstage/plugin-mcp-actions-backend';
import { FakeWorld } from '../__testUtils__/FakeEngine';
import {
  FIONA,
  MAYA,
  SAM,
  TOM,
  startPortal,
  type Portal,
} from '../__testUtils__/portal';

jest.setTimeout(60_000);

const ALL = [
  'list-environments',
  'get-environment',
  'list-blueprints',
  'describe-run',
  'plan-environment',
  'request-change',
  'request-destroy-plan',
];

const REQUEST = {
  blueprint: 'shop-platform',
  owner: 'group:default/storefront',
  system: 'system:default/shop',
  accountId: '123456789012',
  region: 'us-east-1',
};

describe('what agents may do', () => {
  const world = new FakeWorld();
  let portal: Portal;
  afterAll(() => portal.stop());
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  beforeAll(async () => {
    const knex = await databases.init('POSTGRES_18');
    portal = await startPortal({
      knex,
      world,
      rootConfig: {
        app: { baseUrl: 'https://portal.test' },
        backend: { actions: { pluginSources: ['infra-scaffolder'] } },
        mcpActions: { name: 'Slipway' },
      },
      features: [
        actionsRegistryServiceFactory,
        actionsServiceFactory,
        mcpActions,
      ],
    });
  });

  function invoke(action: string, input: JsonObject, person = MAYA) {
    return portal.agent
      .post(
        `/api/infra-scaffolder/.backstage/actions/v1/actions/infra-scaffolder:${action}/invoke`,
      )
      .set('Authorization', mockCredentials.user.header(person))
      .send(input);
  }

  async function output(action: string, input: JsonObject, person = MAYA) {
    return (await invoke(action, input, person).expect(200)).body.output;
  }

  /** A call as an MCP client makes it. */
  async function mcp(method: string, params: JsonObject, person = MAYA) {
    const { text } = await portal.agent
      .post('/api/mcp-actions/v1')
      .set('Authorization', mockCredentials.user.header(person))
      .set('Accept', 'application/json, text/event-stream')
      .send({ jsonrpc: '2.0', id: 1, method, params })
      .expect(200);
    const data = text.split('\n').find(line => line.startsWith('data: '));
    return JSON.parse(data!.slice('data: '.length)).result;
  }

  it('is to read, plan and request, and nothing that confirms, approves or applies', async () => {
    const { tools } = await mcp('tools/list', {});
    const names: string[] = tools.map((tool: { name: string }) => tool.name);
    expect(names.sort()).toEqual(
      ALL.map(name => `infra-scaffolder.${name}`).sort(),
    );
    expect(names.join()).not.toMatch(/confirm|approve|apply|freeze|override/);
    const hints = Object.fromEntries(
      tools.map(
        (tool: { name: string; annotations: { readOnlyHint: boolean } }) => [
          tool.name.split('.')[1],
          tool.annotations.readOnlyHint,
        ],
      ),
    );
    expect(hints).toEqual({
      'list-environments': true,
      'get-environment': true,
      'list-blueprints': true,
      'describe-run': true,
      'plan-environment': false,
      'request-change': false,
      'request-destroy-plan': false,
    });
  });

  it('plans a new environment through the MCP server, and leaves the consent to a person', async () => {
    const called = await mcp('tools/call', {
      name: 'infra-scaffolder.plan-environment',
      arguments: { ...REQUEST, name: 'by-agent', parameters: { nodeMin: 2 } },
    });
    const started = called.structuredContent;
    expect(started).toMatchObject({
      name: 'by-agent',
      url: `https://portal.test/environments/runs/${started.runId}`,
      next: expect.stringContaining('before a person confirms'),
    });
    await portal.runIs(started.runId, 'waiting');
    expect(world.applies).toBe(0);

    const run = await output('describe-run', { runId: started.runId });
    expect(run).toMatchObject({
      state: 'waiting',
      environment: 'by-agent',
      plan: {
        operation: 'create',
        counts: { create: 2 },
        moreChanges: 0,
        changes: [
          { path: 'network', type: 'AWS::Fake::Thing', action: 'create' },
          { path: 'database', type: 'AWS::Fake::Thing', action: 'create' },
        ],
      },
    });
    // The hash by which a person confirms is not among what an agent is told.
    const { plan } = (await portal.as(MAYA).get(`/runs/${started.runId}/plan`))
      .body;
    expect(JSON.stringify(run)).not.toContain(plan.hash);

    await portal.confirm(started.runId);
    await portal.runIs(started.runId, 'succeeded');
    expect(
      await output('get-environment', { environment: 'by-agent' }),
    ).toMatchObject({
      status: 'ready',
      cidr: '10.0.0.0/16',
      parameters: { nodeMin: 2 },
      createdBy: MAYA,
      youMay: { update: true, destroy: true, freeze: false },
      outputs: [{ key: 'Endpoint', value: 'by-agent.example.test' }],
      url: 'https://portal.test/environments/by-agent',
    });
    expect(portal.audited).toContainEqual({
      eventId: 'environment-create',
      outcome: 'succeeded',
    });
    expect(portal.audited).toContainEqual({
      eventId: 'action-read',
      outcome: 'succeeded',
    });
  });

  it('requests changes and destroy plans that stop before anything happens', async () => {
    await portal.ready({ name: 'kept', cidr: '10.1.0.0/16' });
    const applied = world.applies;
    const change = await output('request-change', {
      environment: 'kept',
      parameters: { nodeMax: 7 },
    });
    await portal.runIs(change.runId, 'waiting');
    // One thing at a time, as for people.
    const meanwhile = await invoke('request-destroy-plan', { name: 'kept' });
    expect(meanwhile.status).toBe(409);
    await portal
      .as(MAYA)
      .post(`/runs/${change.runId}/commands`, { type: 'cancel' })
      .expect(200);
    await portal.runIs(change.runId, 'cancelled');

    const destroy = await output('request-destroy-plan', { name: 'kept' });
    await portal.runIs(destroy.runId, 'waiting');
    expect(
      (await output('describe-run', { runId: destroy.runId })).plan,
    ).toMatchObject({
      counts: { delete: 2 },
      warnings: ['The database is deleted.'],
    });
    expect(world.applies).toBe(applied);
    expect(world.stacks.has('kept')).toBe(true);
  });

  it('plans for people only: a token of a program asks as nobody', async () => {
    const { status, body } = await portal.agent
      .post(
        '/api/infra-scaffolder/.backstage/actions/v1/actions/infra-scaffolder:plan-environment/invoke',
      )
      .set('Authorization', mockCredentials.service.header())
      .send({ ...REQUEST, name: 'by-nobody' });
    expect(status).toBe(403);
    expect(body.error.message).toContain('as the person that it works for');
  });

  it('tells what is wrong with a request, field by field', async () => {
    const { body } = await invoke('plan-environment', {
      ...REQUEST,
      name: 'Not A Name',
      region: 'eu-west-9',
      parameters: { nodeMin: 50 },
    }).expect(400);
    expect(body.error.message).toMatch(/name: .*region: .*Choose 1 to 20/s);
    await invoke('plan-environment', {
      ...REQUEST,
      blueprint: 'castle',
      name: 'shop-x',
    })
      .expect(400)
      .expect(({ text }) => expect(text).toContain('There are: shop-platform'));
  });

  it('lists blueprints with where they can be made, and parameters of one', async () => {
    const short = await output('list-blueprints', {});
    expect(short.blueprints[0]).not.toHaveProperty('parameters');
    expect(short.targets[0]).toMatchObject({
      accountId: '123456789012',
      regions: ['us-east-1', 'us-west-2'],
    });
    const { blueprints } = await output('list-blueprints', {
      blueprint: 'shop-platform',
    });
    expect(blueprints[0].parameters.nodeMin).toMatchObject({ maximum: 20 });
  });

  it('is bounded by the rights of whom the agent works for', async () => {
    await portal.ready({ name: 'hers', cidr: '10.2.0.0/16' });
    const names = async (person: string) =>
      (
        await output('list-environments', { search: 'hers' }, person)
      ).environments.map((each: { name: string }) => each.name);
    expect(await names(MAYA)).toEqual(['hers']);
    expect(await names(SAM)).toEqual(['hers']);
    expect(await names(TOM)).toEqual([]);
    // To Tom it is as if there were none.
    for (const [action, input] of [
      ['get-environment', { environment: 'hers' }],
      ['request-change', { environment: 'hers', size: 'prod' }],
      ['request-destroy-plan', { name: 'hers' }],
    ] as const) {
      await invoke(action, input, TOM).expect(404);
    }
    // Fiona sees all and changes nothing; what she may not do is not even offered.
    await invoke('get-environment', { environment: 'hers' }, FIONA).expect(200);
    await invoke('request-change', { environment: 'hers' }, FIONA).expect(403);
    await invoke('request-destroy-plan', { name: 'hers' }, FIONA).expect(403);
    await invoke(
      'plan-environment',
      { ...REQUEST, name: 'x-y-z' },
      FIONA,
    ).expect(404);
    const { tools } = await mcp('tools/list', {}, FIONA);
    expect(tools.map((tool: { name: string }) => tool.name)).not.toContain(
      'infra-scaffolder.plan-environment',
    );
    expect(portal.audited).toContainEqual({
      eventId: 'environment-destroy',
      outcome: 'failed',
    });
    await portal.agent
      .post('/api/mcp-actions/v1')
      .set('Authorization', mockCredentials.none.header())
      .send({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} })
      .expect(({ status }) => expect(status).toBeGreaterThanOrEqual(401));
  });
});
