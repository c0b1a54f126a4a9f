import { createServer, request as sendRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * - `throttle`: AWS says that it limits requests;
 * - `drop`: the connection breaks before the call arrives;
 * - `lose`: the call takes effect, its answer never arrives.
 */
type Fault = 'throttle' | 'drop' | 'lose';

interface SeenCall {
  /** `Action` of the query protocol; empty for other protocols. */
  action: string;
  body: string;
  headers: Record<string, unknown>;
}

/** Stands between a client and AWS, notes each call, and makes those fail that it is told to. */
export class FaultyEndpoint {
  readonly calls: SeenCall[] = [];
  /** Asked for each call. */
  faultOf: (call: SeenCall) => Fault | undefined = () => undefined;
  readonly #server: Server;

  static async start(target: string): Promise<FaultyEndpoint> {
    const endpoint = new FaultyEndpoint(new URL(target));
    await new Promise<void>(resolve => {
      endpoint.#server.listen(0, '127.0.0.1', () => resolve());
    });
    return endpoint;
  }

  private constructor(target: URL) {
    this.#server = createServer(async (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) {
        chunks.push(chunk as Buffer);
      }
      const body = Buffer.concat(chunks);
      const call: SeenCall = {
        action: new URLSearchParams(body.toString('utf8')).get('Action') ?? '',
        body: body.toString('utf8'),
        headers: incoming.headers,
      };
      this.calls.push(call);
      const fault = this.faultOf(call);
      if (fault === 'drop') {
        incoming.socket.destroy();
        return;
      }
      if (fault === 'throttle') {
        outgoing.writeHead(400, { 'content-type': 'text/xml' });
        outgoing.end(
          '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
        );
        return;
      }
      const upstream = sendRequest(
        {
          host: target.hostname,
          port: target.port,
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
        },
        answer => {
          if (fault === 'lose') {
            answer.resume();
            answer.once('end', () => incoming.socket.destroy());
            return;
          }
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      upstream.once('error', () => incoming.socket.destroy());
      upstream.end(body);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  count(action: string): number {
    return this.calls.filter(call => call.action === action).length;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
