import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ClusterAddress } from '../client/ClusterAddress';
import type { Credentials } from './credentials';

/** Who may come in; `admin` is for the person whose machine it is. */
export type Caller = keyof Credentials['tokens'];

/** The cluster behind the gateway. */
export interface Upstream {
  address: ClusterAddress;
  /** What stands for each caller there. */
  tokens: Record<Caller, string | undefined>;
}

/** Options of {@link ClusterGateway.start}. */
export interface ClusterGatewayOptions {
  /** On loopback; 0 takes a free one. */
  port: number;
  credentials: Credentials;
  isDark: () => boolean;
  /** What a caller is told as long as there is no cluster. */
  absence: () => string;
}

function statusBody(code: number, reason: string, message: string): string {
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  });
}

/**
 * The way into one cluster, wherever that comes from. Address, certificate and tokens are known before the cluster is,
 * so the portal can be told of them when it starts; until then the gateway says what is missing. While its region is
 * dark it drops every connection.
 */
export class ClusterGateway {
  readonly #options: ClusterGatewayOptions;
  readonly #server: https.Server;
  readonly #sockets = new Set<Duplex>();
  #agent?: https.Agent;
  #upstream?: Upstream;

  static async start(options: ClusterGatewayOptions): Promise<ClusterGateway> {
    const gateway = new ClusterGateway(options);
    await new Promise<void>((resolve, reject) => {
      gateway.#server.once('error', reject);
      gateway.#server.listen(options.port, '127.0.0.1', resolve);
    });
    return gateway;
  }

  private constructor(options: ClusterGatewayOptions) {
    this.#options = options;
    const { certificate: cert, privateKey: key } = options.credentials;
    this.#server = https.createServer({ cert, key });
    this.#server.on('request', (request, response) =>
      this.#pass(request, response),
    );
    this.#server.on('upgrade', (request, socket, head) =>
      this.#upgrade(request, socket, head),
    );
    this.#server.on('connection', socket => {
      if (options.isDark()) {
        socket.destroy();
        return;
      }
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** Puts a cluster behind it, or (undefined) takes it away. */
  connect(upstream: Upstream | undefined): void {
    this.#agent?.destroy();
    this.#upstream = upstream;
    this.#agent =
      upstream &&
      new https.Agent({
        keepAlive: true,
        ca: upstream.address.ca,
        ...upstream.address.clientCertificate,
      });
  }

  /** Cuts what is connected; to be called when the region goes dark. */
  dropConnections(): void {
    this.#sockets.forEach(socket => socket.destroy());
  }

  async stop(): Promise<void> {
    this.connect(undefined);
    this.#server.close();
    this.dropConnections();
  }

  #callerOf(request: http.IncomingMessage): Caller | undefined {
    const token = /^Bearer (.+)$/.exec(
      request.headers.authorization ?? '',
    )?.[1];
    const { tokens } = this.#options.credentials;
    return (Object.keys(tokens) as Caller[]).find(
      caller => tokens[caller] === token,
    );
  }

  /** The request to the cluster, or why there is none. */
  #forward(
    request: http.IncomingMessage,
  ): http.ClientRequest | [number, string, string] {
    const caller = this.#callerOf(request);
    if (!caller) {
      return [401, 'Unauthorized', 'Unauthorized'];
    }
    if (!request.url?.startsWith('/')) {
      return [400, 'BadRequest', 'Ask for a path.'];
    }
    const upstream = this.#upstream;
    if (!upstream) {
      return [503, 'ServiceUnavailable', this.#options.absence()];
    }
    const token = upstream.tokens[caller];
    const { authorization, host, ...headers } = request.headers;
    // The client certificate is the administrator's: nobody else may travel on it.
    const isBare = caller !== 'admin' && upstream.address.clientCertificate;
    return https.request(`${upstream.address.url}${request.url}`, {
      method: request.method,
      headers: {
        ...headers,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      agent: isBare
        ? new https.Agent({ ca: upstream.address.ca })
        : this.#agent,
    });
  }

  #pass(request: http.IncomingMessage, response: http.ServerResponse): void {
    // On a connection from before.
    if (this.#options.isDark()) {
      request.socket.destroy();
      return;
    }
    const forwarded = this.#forward(request);
    if (Array.isArray(forwarded)) {
      const [code] = forwarded;
      response
        .writeHead(code, { 'content-type': 'application/json' })
        .end(statusBody(...forwarded));
      return;
    }
    forwarded.on('response', answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // A watch says nothing for a long time; its client should know that it is on.
      response.flushHeaders();
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    forwarded.on('error', error => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      response
        .writeHead(502, { 'content-type': 'application/json' })
        .end(statusBody(502, 'InternalError', error.message));
    });
    response.on('close', () => forwarded.destroy());
    request.pipe(forwarded);
  }

  /** Shells and port-forwards: after the handshake the two ends talk to each other directly. */
  #upgrade(request: http.IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const forwarded = this.#forward(request);
    if (Array.isArray(forwarded)) {
      socket.end(`HTTP/1.1 ${forwarded[0]} ${forwarded[1]}\r\n\r\n`);
      return;
    }
    const lines = (answer: http.IncomingMessage) =>
      [
        `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`,
        ...answer.rawHeaders.flatMap((name, index, all) =>
          index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : [],
        ),
        '\r\n',
      ].join('\r\n');
    forwarded.on('upgrade', (answer, upstream, upstreamHead) => {
      socket.write(lines(answer));
      socket.write(upstreamHead);
      upstream.write(head);
      upstream.on('error', () => socket.destroy());
      socket.once('close', () => upstream.destroy());
      if (socket.destroyed) {
        upstream.destroy();
        return;
      }
      upstream.pipe(socket).pipe(upstream);
    });
    forwarded.on('response', answer => {
      socket.write(lines(answer));
      answer.pipe(socket);
    });
    forwarded.on('error', () => socket.destroy());
    socket.on('close', () => forwarded.destroy());
    forwarded.end();
  }
}
