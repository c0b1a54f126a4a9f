import { mockErrorHandler } from '@backstage/backend-test-utils';
import { parseRunEventData } from '@slipway/plugin-runs-common';
import type { RunEvent } from '@slipway/plugin-runs-common';
import express from 'express';
import type { Knex } from 'knex';
import {
  createServer,
  get,
  type IncomingMessage,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import request from 'supertest';
import { streamRunEvents } from '../stream/streamRunEvents';
import { settled } from '../testing';
import type { RunEngine } from '../types';
import { FakeWorld, step, tokenCall } from '../__testUtils__/FakeWorld';
import { graph, newRun, until, useRuns } from '../__testUtils__/fixture';

jest.setTimeout(60_000);

async function follow(
  engine: RunEngine,
  runId: string,
  after: number,
): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  const signal = AbortSignal.timeout(20_000);
  for await (const events of engine.follow(runId, { after, signal })) {
    seen.push(...events);
  }
  return seen;
}

describe('the events of a run', () => {
  const runs = useRuns();
  const servers: Server[] = [];
  let knex: Knex;
  beforeAll(async () => {
    knex = await runs.database();
  });
  afterEach(() => {
    servers.splice(0).forEach(server => {
      server.closeAllConnections();
      server.close();
    });
  });

  function serve(engine: RunEngine, keepAliveSeconds?: number) {
    const app = express();
    app.get('/runs/:id/stream', (req, res, next) => {
      streamRunEvents({
        engine,
        runId: req.params.id,
        req,
        res,
        keepAliveSeconds,
      }).catch(next);
    });
    app.use(mockErrorHandler());
    return app;
  }

  async function open(
    app: express.Express,
    path: string,
  ): Promise<IncomingMessage> {
    const server = createServer(app).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      get({ port, path, host: '127.0.0.1' }, resolve).on('error', reject);
    });
  }

  it('are followed from any of them on, in whatever back end', async () => {
    const kind = 'followed';
    const handlers = [
      step('ask', async ctx => {
        await ctx.waitForSignal('go', { title: 'Go?' });
        for (let n = 0; n < 700; n += 1) {
          await ctx.emit({ code: 'test.n', message: `${n}`, data: { n } });
        }
      }),
    ];
    const driver = runs.engine(knex, handlers, { kind });
    const onlooker = runs.engine(knex, handlers, { kind });
    await driver.start();
    const { id } = await driver.create(newRun(graph('ask'), { kind }));
    await settled(driver, id, { or: ['waiting'] });
    const fromStart = follow(onlooker, id, 0);
    const resumed = follow(driver, id, 3);
    await driver.command(
      id,
      { type: 'signal', signal: 'go', payload: null },
      'user:default/maya',
    );
    const all = await fromStart;
    expect(all.map(({ sequence }) => sequence)).toEqual(
      all.map((_, index) => index + 1),
    );
    expect(all.at(-1)).toMatchObject({
      code: 'run.state',
      message: 'The run succeeded',
      data: { from: 'running', to: 'succeeded' },
    });
    expect(await resumed).toEqual(all.slice(3));
    expect((await driver.get(id)).lastSequence).toBe(all.length);
    await expect(
      follow(driver, '0192f0c4-0000-7000-8000-000000000000', 0),
    ).rejects.toThrow('No run has the id');
  });

  it('have data of the shape that their codes say', async () => {
    const world = new FakeWorld();
    const engine = runs.engine(knex, [
      step('make', async ctx => {
        await ctx.call(tokenCall(world, 'x'));
        await ctx.progress({ done: 1, total: 2, unit: 'things' });
        await ctx.waitForSignal('go', { title: 'Go?' });
        throw new Error('No');
      }),
    ]);
    await engine.start();
    const { id } = await engine.create(newRun(graph('make')));
    await settled(engine, id, { or: ['waiting'] });
    await engine.command(
      id,
      { type: 'signal', signal: 'go', payload: [1] },
      'user:default/maya',
    );
    await settled(engine, id);
    await engine.command(
      id,
      { type: 'skip', stepId: 'make', reason: 'Fine' },
      'user:default/maya',
    );
    await settled(engine, id);
    const events = await engine.events(id);
    for (const event of events) {
      expect([
        event.code,
        parseRunEventData(event, event.code as never),
      ]).toEqual([event.code, event.data]);
    }
    expect(new Set(events.map(({ code }) => code))).toEqual(
      new Set([
        'run.created',
        'run.taken',
        'run.state',
        'step.state',
        'call.intended',
        'call.succeeded',
        'step.progress',
        'run.signal',
        'run.command',
      ]),
    );
    expect(
      parseRunEventData(
        { code: 'run.taken', data: { driver: 1 } },
        'run.taken',
      ),
    ).toBeUndefined();
  });

  it('are streamed, resumed after the last one seen, and ended', async () => {
    const engine = runs.engine(knex, [step('any', async () => {})]);
    await engine.start();
    const { id } = await engine.create(newRun(graph('any')));
    await settled(engine, id);
    const events = await engine.events(id);
    const message = (event: RunEvent) =>
      `id: ${event.sequence}\nevent: run-event\ndata: ${JSON.stringify(
        event,
      )}\n\n`;
    const end = 'event: end\ndata: {}\n\n';
    const begin = ': run events\n\n';
    const app = serve(engine);

    const whole = await request(app).get(`/runs/${id}/stream`);
    expect(whole.headers['content-type']).toContain('text/event-stream');
    expect(whole.text).toBe(begin + events.map(message).join('') + end);
    const after = await request(app).get(`/runs/${id}/stream?after=2`);
    expect(after.text).toBe(
      begin + events.slice(2).map(message).join('') + end,
    );
    const resumed = await request(app)
      .get(`/runs/${id}/stream?after=1`)
      .set('Last-Event-ID', `${events.length}`);
    expect(resumed.text).toBe(begin + end);

    for (const bad of ['x', '-1', '1.5', '99999999999']) {
      const answer = await request(app).get(`/runs/${id}/stream?after=${bad}`);
      expect([bad, answer.status]).toEqual([bad, 400]);
    }
    expect((await request(app).get('/runs/none/stream')).status).toBe(404);
  });

  it('keep the stream open, and let go of it when either side leaves', async () => {
    const engine = runs.engine(knex, [
      step('ask', async ctx => {
        await ctx.waitForSignal('go', { title: 'Go?' });
      }),
    ]);
    await engine.start();
    const { id } = await engine.create(newRun(graph('ask')));
    await settled(engine, id, { or: ['waiting'] });
    let following = 0;
    const watched: RunEngine = Object.assign(Object.create(engine), {
      get: engine.get.bind(engine),
      async *follow(...args: Parameters<RunEngine['follow']>) {
        following += 1;
        try {
          yield* engine.follow(...args);
        } finally {
          following -= 1;
        }
      },
    });
    const app = serve(watched, 0.1);

    const leaving = await open(app, `/runs/${id}/stream`);
    let text = '';
    leaving.on('data', chunk => (text += chunk));
    leaving.on('error', () => {});
    await until(() => text.includes(': keep-alive\n\n'));
    expect(following).toBe(1);
    leaving.destroy();
    await until(() => following === 0);

    const staying = await open(app, `/runs/${id}/stream`);
    let rest = '';
    staying.on('data', chunk => (rest += chunk));
    await until(() => rest.includes('run-event'));
    await Promise.all([engine.stop(), once(staying, 'end')]);
    expect(rest).toContain('event: run-event');
    expect(rest).not.toContain('event: end');
    expect(following).toBe(0);
  });
});
