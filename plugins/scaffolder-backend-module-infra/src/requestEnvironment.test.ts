import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { InfraNodeClient } from '@slipway/plugin-infra-scaffolder-node';
import { parse } from 'yaml';
import { createRequestEnvironmentAction } from './requestEnvironment';
import { examples } from './requestEnvironment.examples';

describe('infra:environment:request', () => {
  let server: Server;
  let answer: { status: number; body: object };
  let received: Array<
    Pick<IncomingMessage, 'url' | 'headers'> & { body: unknown }
  >;

  beforeAll(async () => {
    server = createServer(async (req, res) => {
      const { url, headers } = req;
      received.push({ url, headers, body: await json(req) });
      res.writeHead(answer.status, { 'Content-Type': 'application/json' });
      res.end(JSON.stringify(answer.body));
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    received = [];
  });

  const action = createRequestEnvironmentAction({
    infra: InfraNodeClient.create({
      auth: mockServices.auth({ pluginId: 'scaffolder' }),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async pluginId =>
          `http://127.0.0.1:${
            (server.address() as AddressInfo).port
          }/api/${pluginId}`,
      }),
    }),
  });
  const maya = mockCredentials.user('user:default/maya');
  const [, { example }] = examples;
  const { request } = parse(example).steps[0].input;

  function context(logger = mockServices.logger.mock()) {
    return {
      ...createMockActionContext({
        input: { request },
        logger,
        task: { id: 'task-7' },
      }),
      step: { id: 'request' },
      getInitiatorCredentials: async () => maya,
    };
  }

  it('asks as the person, once for a task, and links to the run', async () => {
    answer = {
      status: 201,
      body: { environment: { id: 'e-1', name: 'shop-dev' }, runId: 'r-1' },
    };
    const ctx = context();
    await action.handler(ctx);

    expect(received).toEqual([
      {
        url: '/api/infra-scaffolder/environments',
        headers: expect.objectContaining({
          'idempotency-key': 'scaffolder-task-7-request',
          authorization: mockCredentials.service.header({
            onBehalfOf: maya,
            targetPluginId: 'infra-scaffolder',
          }),
        }),
        body: request,
      },
    ]);
    const output = ctx.output as jest.Mock;
    expect(Object.fromEntries(output.mock.calls)).toEqual({
      environmentId: 'e-1',
      runId: 'r-1',
      runUrl: '/environments/shop-dev/runs/r-1',
      environmentUrl: '/environments/shop-dev',
    });
  });

  it('turns each issue into a line of the log', async () => {
    answer = {
      status: 400,
      body: {
        error: {
          name: 'InputError',
          message: 'no',
          issues: [
            {
              path: 'cidr',
              message: '10.0.0.0/16 overlaps 10.0.0.0/16, held by shop.',
              suggestion: '10.1.0.0/16',
            },
            { path: 'name', message: '"shop" is taken.' },
          ],
        },
        response: { statusCode: 400 },
      },
    };
    const logger = mockServices.logger.mock();
    await expect(action.handler(context(logger))).rejects.toThrow(
      'The environment was not registered. cidr: 10.0.0.0/16 overlaps 10.0.0.0/16, held by shop. (10.1.0.0/16 would do) name: "shop" is taken.',
    );
    expect(logger.error.mock.calls).toEqual([
      [
        'cidr: 10.0.0.0/16 overlaps 10.0.0.0/16, held by shop. (10.1.0.0/16 would do)',
      ],
      ['name: "shop" is taken.'],
    ]);
  });

  it('passes other refusals on as they are', async () => {
    answer = {
      status: 403,
      body: {
        error: { name: 'NotAllowedError', message: 'You may not' },
        response: { statusCode: 403 },
      },
    };
    await expect(action.handler(context())).rejects.toThrow('403');
  });
});
