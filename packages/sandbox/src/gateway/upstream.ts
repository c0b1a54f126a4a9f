import { Agent, type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';

/** The emulator behind the gateway. */
export class Upstream {
  readonly #port: number;
  readonly #agent = new Agent({
    keepAlive: true,
    maxSockets: 256,
    // The emulator closes connections that idle for 5 s: ours must be gone before, or a call meets a closing one.
    timeout: 3_000,
  });

  constructor(port: number) {
    this.#port = port;
  }

  /**
   * Passes a request on as it is, the Host header included, and resolves to the answer's head.
   *
   * @param body - what was read of the body already, or the stream of it
   */
  send(
    incoming: IncomingMessage,
    body: Buffer | Readable,
  ): Promise<IncomingMessage> {
    const headers = [...incoming.rawHeaders];
    for (let index = headers.length - 2; index >= 0; index -= 2) {
      // Between two parties only: Node has answered "100-continue" already, and keeps connections itself.
      if (/^(expect|connection|keep-alive)$/i.test(headers[index])) {
        headers.splice(index, 2);
      }
    }
    return new Promise((resolve, reject) => {
      const outgoing = request({
        host: '127.0.0.1',
        port: this.#port,
        agent: this.#agent,
        method: incoming.method,
        path: incoming.url,
        headers,
        setHost: false,
      });
      outgoing.once('response', resolve);
      outgoing.once('error', reject);
      if (Buffer.isBuffer(body)) {
        outgoing.end(body);
      } else {
        body.once('error', error => outgoing.destroy(error));
        body.once('close', () => {
          if (!incoming.complete) {
            outgoing.destroy();
          }
        });
        body.pipe(outgoing);
      }
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
