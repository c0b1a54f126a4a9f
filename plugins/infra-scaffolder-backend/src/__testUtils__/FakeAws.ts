import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What AWS answers to one call. */
interface AwsAnswer {
  status?: number;
  body?: string;
  headers?: Record<string, string>;
}

/** An error as the protocols of EC2 and of the query services carry it. */
export function refused(status: number, code: string, message: string) {
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return (service: string): AwsAnswer => {
    switch (service) {
      case 'ec2':
        return {
          status,
          body: `<Response><Errors>${error}</Errors><RequestID>r</RequestID></Response>`,
        };
      case 'sts':
      case 'rds':
      case 'cloudformation':
        return {
          status,
          body: `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`,
        };
      case 's3':
        return { status };
      default:
        return {
          status,
          headers: { 'x-amzn-errortype': code },
          body: JSON.stringify({ __type: code, message }),
        };
    }
  };
}

type Answer = AwsAnswer | ((service: string, body: string) => AwsAnswer);

/** An endpoint that answers as its answers say, by `service:operation`; what it has none for is denied. */
export class FakeAws {
  readonly answers: Record<string, Answer> = {};
  readonly calls: Array<{ call: string; region: string; path: string }> = [];
  readonly #server: Server;

  static async start(): Promise<FakeAws> {
    const fake = new FakeAws();
    await new Promise<void>(resolve => {
      fake.#server.listen(0, '127.0.0.1', () => resolve());
    });
    return fake;
  }

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      const asked = Buffer.concat(chunks).toString();
      const { service, region, operation } = whatIs(request, asked);
      const call = `${service}:${operation}`;
      this.calls.push({ call, region, path: request.url! });
      const answer =
        this.answers[call] ?? refused(403, 'AccessDenied', `No ${call}.`);
      const { status, body, headers } =
        typeof answer === 'function' ? answer(service, asked) : answer;
      response.writeHead(status ?? 200, headers);
      response.end(body);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}

function whatIs(request: IncomingMessage, body: string) {
  const [, region, service] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  const target = String(request.headers['x-amz-target'] ?? '');
  const operation =
    target.split('.').pop() ||
    new URLSearchParams(body).get('Action') ||
    request.method!;
  return { service, region, operation };
}
