import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { ClusterGateway } from './ClusterGateway';
import { type Credentials, credentialsIn } from './credentials';

describe('the way into a cluster', () => {
  let dir: string;
  let credentials: Credentials;
  let cluster: https.Server;
  let gateway: ClusterGateway;
  let isDark = false;

  beforeAll(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-gateway-'));
    credentials = credentialsIn(dir);
    cluster = https.createServer(
      { cert: credentials.certificate, key: credentials.privateKey },
      (request, response) =>
        response.end(
          JSON.stringify([request.url, request.headers.authorization]),
        ),
    );
    cluster.on('upgrade', (request, socket) => {
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      );
      socket.write(`as ${request.headers.authorization}: `);
      socket.pipe(socket);
    });
    cluster.listen(0, '127.0.0.1');
    await once(cluster, 'listening');
    gateway = await ClusterGateway.start({
      port: 0,
      credentials,
      isDark: () => isDark,
      absence: () => 'It is being built.',
    });
  });
  beforeEach(() => {
    isDark = false;
    gateway.connect({
      address: {
        url: `https://127.0.0.1:${(cluster.address() as AddressInfo).port}`,
        ca: credentials.certificate,
      },
      tokens: { portal: 'reads', operator: 'scales', admin: 'may-all' },
    });
  });
  afterAll(async () => {
    await gateway.stop();
    cluster.close();
    rmSync(dir, { recursive: true });
  });

  function ask(token?: string, headers: http.OutgoingHttpHeaders = {}) {
    return https.request(`${gateway.url}/api/v1/pods?limit=5`, {
      ca: credentials.certificate,
      agent: false,
      headers: {
        ...headers,
        ...(token && { authorization: `Bearer ${token}` }),
      },
    });
  }

  async function answerTo(token?: string) {
    const request = ask(token).end();
    const [response] = (await once(request, 'response')) as [
      http.IncomingMessage,
    ];
    let text = '';
    for await (const chunk of response) {
      text += chunk;
    }
    return { status: response.statusCode, body: JSON.parse(text) };
  }

  it('lets each caller act as its own account, and nobody without a token', async () => {
    const { portal, operator, admin } = credentials.tokens;
    const seen = await Promise.all([portal, operator, admin].map(answerTo));
    expect(seen.map(({ body }) => body)).toEqual([
      ['/api/v1/pods?limit=5', 'Bearer reads'],
      ['/api/v1/pods?limit=5', 'Bearer scales'],
      ['/api/v1/pods?limit=5', 'Bearer may-all'],
    ]);
    for (const token of [undefined, 'may-all', `${portal}x`]) {
      const { status, body } = await answerTo(token);
      expect([status, body.kind]).toEqual([401, 'Status']);
    }
  });

  it('says what is missing while there is no cluster', async () => {
    gateway.connect(undefined);
    expect(await answerTo(credentials.tokens.portal)).toMatchObject({
      status: 503,
      body: { kind: 'Status', message: 'It is being built.' },
    });
  });

  it('is not there while its region is dark, also for those who were connected', async () => {
    const agent = new https.Agent({ keepAlive: true });
    const open = https
      .request(gateway.url, { agent, ca: credentials.certificate })
      .end();
    const [response] = await once(open, 'response');
    response.resume();
    const closed = once(open.socket!, 'close');
    isDark = true;
    gateway.dropConnections();
    await closed;
    await expect(answerTo(credentials.tokens.portal)).rejects.toThrow();
    isDark = false;
    expect((await answerTo(credentials.tokens.portal)).status).toBe(200);
    agent.destroy();
  });

  it('outlives those who ask for no path', async () => {
    const { port } = new URL(gateway.url);
    const connect = async () => {
      const socket = tls.connect(Number(port), '127.0.0.1', {
        ca: credentials.certificate,
      });
      await once(socket, 'secureConnect');
      return socket;
    };
    const head = (target: string, ...more: string[]) =>
      [`GET ${target} HTTP/1.1`, 'Host: 127.0.0.1', ...more, '', ''].join(
        '\r\n',
      );
    const admin = `Authorization: Bearer ${credentials.tokens.admin}`;
    for (const target of ['http://example.com/', 'example://x']) {
      const socket = await connect();
      socket.write(head(target, admin, 'Connection: close'));
      const [said] = await once(socket, 'data');
      expect(`${said}`).toMatch(/^HTTP\/1\.1 400 /);
      socket.destroy();
    }
    expect((await answerTo(credentials.tokens.portal)).status).toBe(200);
  });

  it('passes shells and port-forwards through', async () => {
    const request = ask(credentials.tokens.admin, {
      connection: 'Upgrade',
      upgrade: 'websocket',
    }).end();
    const [, socket, head] = await once(request, 'upgrade');
    socket.write('hello');
    let said = `${head}`;
    while (!said.endsWith('hello')) {
      said += (await once(socket, 'data'))[0];
    }
    expect(said).toBe('as Bearer may-all: hello');
    socket.destroy();
  });

  it('keeps its credentials, for the user alone', () => {
    expect(credentialsIn(dir)).toEqual(credentials);
    const { mode } = statSync(path.join(dir, 'credentials.json'));
    expect(mode % 0o1000).toBe(0o600);
  });
});
