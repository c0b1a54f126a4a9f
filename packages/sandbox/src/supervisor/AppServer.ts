import http from 'node:http';

/** Options of {@link AppServer.start}. */
export interface AppServerOptions {
  /** On loopback. */
  port: number;
  /** Of the back end, which holds the built pages. */
  backendPort: number;
}

/** The portal's pages under an address of their own: hands every request to the back end, which serves the built app. */
export class AppServer {
  readonly #server: http.Server;
  readonly #agent = new http.Agent({ keepAlive: true });

  private constructor(backendPort: number) {
    this.#server = http.createServer((request, response) => {
      const upstream = http.request(
        {
          host: '127.0.0.1',
          port: backendPort,
          method: request.method,
          path: request.url,
          headers: request.headers,
          agent: this.#agent,
        },
        answer => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      upstream.on('error', () => {
        if (response.headersSent) {
          response.destroy();
          return;
        }
        response.writeHead(502, { 'content-type': 'text/plain' });
        response.end(
          'The back end does not answer. script/sandbox status says what runs; its log is beside the state.\n',
        );
      });
      response.on('close', () => upstream.destroy());
      request.pipe(upstream);
    });
  }

  static async start(options: AppServerOptions): Promise<AppServer> {
    const server = new AppServer(options.backendPort);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(options.port, '127.0.0.1', resolve);
    });
    return server;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => this.#server.close(() => resolve()));
  }
}
