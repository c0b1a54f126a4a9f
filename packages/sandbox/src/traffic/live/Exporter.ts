import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LiveTraffic } from './LiveTraffic';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';

/** Exposes the traffic below `/metrics/`, one address for each place that it is measured at. */
export class Exporter {
  readonly #server: http.Server;
  #traffic?: LiveTraffic;

  static async start(): Promise<Exporter> {
    const exporter = new Exporter();
    await new Promise<void>((resolve, reject) => {
      exporter.#server.once('error', reject);
      exporter.#server.listen(0, '127.0.0.1', resolve);
    });
    return exporter;
  }

  private constructor() {
    this.#server = http.createServer((request, response) => {
      const { status, body } = this.#answer(request.url ?? '');
      response.writeHead(status, { 'content-type': TEXT }).end(body);
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on there is something to expose. */
  expose(traffic: LiveTraffic): void {
    this.#traffic = traffic;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => this.#server.close(() => resolve()));
    this.#traffic?.end();
  }

  #answer(url: string): { status: number; body: string } {
    const vantage = url.match(/^\/metrics\/([\w-]+)$/)?.[1];
    if (!this.#traffic || !vantage) {
      return {
        status: vantage ? 503 : 404,
        body: 'There is nothing here yet.\n',
      };
    }
    if (!this.#traffic.vantages.includes(vantage)) {
      return { status: 404, body: `Nothing is measured at ${vantage}.\n` };
    }
    return this.#traffic.isDark(vantage)
      ? { status: 503, body: `${vantage} is dark.\n` }
      : { status: 200, body: this.#traffic.expose(vantage) };
  }
}
