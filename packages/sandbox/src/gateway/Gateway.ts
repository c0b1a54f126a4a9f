import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultBook } from '../faults/FaultBook';
import type { FaultEffect } from '../faults/types';
import { AccountBook } from './AccountBook';
import {
  awsError,
  type OwnAnswer,
  internalError,
  throttled,
  unavailable,
} from './awsErrors';
import { CallLog } from './CallLog';
import { type CallRecorder, isStreamed, RECORDED_BYTES } from './CallRecorder';
import { type DescribedCall, describeCall, isRead } from './describeCall';
import { isOfForeignPage } from './foreignPage';
import { KEPT_BYTES, ReadCache } from './ReadCache';
import { Upstream } from './upstream';

/** Answers a request below `/_slipway` itself, or returns false to let the gateway go on. */
type LocalHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<boolean>;

/** Answers what the emulator does not have, or returns undefined to pass the call on to it. */
export type OwnService = (
  call: DescribedCall,
  request: IncomingMessage,
  body: Buffer,
) => OwnAnswer | undefined;

/** Options of {@link Gateway.start}. */
interface GatewayOptions {
  port: number;
  emulatorPort: number;
  defaultAccount: string;
  faults: FaultBook;
  callLogFile: string;
  /** Paths below `/_slipway/`. */
  control?: LocalHandler;
  /** By signing name. */
  services?: Record<string, OwnService>;
  /** Gets every call as it crossed; none in ordinary use. */
  recorder?: CallRecorder;
}

/** What the caller got. */
interface Answered {
  /** 0 when nothing. */
  status: number;
  headers: IncomingHttpHeaders;
  /** Only as far as somebody wants to know it. */
  body?: Buffer;
}

const NO_ANSWER: Answered = { status: 0, headers: {} };

const CONTROL_PREFIX = '/_slipway';

/** Larger bodies are not read but streamed through. */
const READ_BYTES = 256 * 1024;

const FOREIGN_PAGE: OwnAnswer = {
  status: 403,
  headers: { 'content-type': 'text/plain' },
  body: Buffer.from("Pages of other sites may not call the sandbox's AWS.\n"),
};

function isForm(request: IncomingMessage): boolean {
  return (
    request.headers['content-type']?.startsWith(
      'application/x-www-form-urlencoded',
    ) ?? false
  );
}

function isSmall(request: IncomingMessage): boolean {
  const isChunked = request.headers['transfer-encoding'] !== undefined;
  const length = Number(request.headers['content-length'] ?? 0);
  return isForm(request) || (!isChunked && length <= READ_BYTES);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function respond(response: ServerResponse, answer: OwnAnswer): Answered {
  response.writeHead(answer.status, answer.headers).end(answer.body);
  return answer;
}

/** Resolves when the caller has its answer or has gone, also if that was before. */
async function closed(response: ServerResponse): Promise<void> {
  if (!response.destroyed) {
    await new Promise(resolve => response.once('close', resolve));
  }
}

/** Collects a body on its way; undefined once it is longer than `limit`. */
function collect(stream: IncomingMessage, limit: number) {
  let chunks: Buffer[] | undefined = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) {
      chunks?.push(chunk);
    } else {
      chunks = undefined;
    }
  });
  return () => chunks && Buffer.concat(chunks);
}

/**
 * Stands in front of the emulator, loopback only: names each call by its signature, logs it, and lets it pass, fail or
 * wait as the faults that are on will have it.
 */
export class Gateway {
  readonly port: number;
  readonly calls: CallLog;
  readonly #server: Server;
  readonly #options: GatewayOptions;
  readonly #upstream: Upstream;
  readonly #accounts: AccountBook;
  readonly #reads = new ReadCache();

  static async start(options: GatewayOptions): Promise<Gateway> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, '127.0.0.1', resolve);
    });
    return new Gateway(server, options);
  }

  private constructor(server: Server, options: GatewayOptions) {
    this.#server = server;
    this.#options = options;
    this.#upstream = new Upstream(options.emulatorPort);
    this.#accounts = new AccountBook(options.defaultAccount);
    this.calls = new CallLog(options.callLogFile);
    this.port = (server.address() as { port: number }).port;
    server.on('request', (request, response) => {
      this.#handle(request, response).catch(() => response.destroy());
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.#upstream.close();
    await new Promise(resolve => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
    await this.calls.close();
    await this.#options.recorder?.close();
  }

  async #handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (
      request.url?.startsWith(CONTROL_PREFIX) &&
      (await this.#options.control?.(request, response))
    ) {
      return;
    }
    if (isOfForeignPage(request)) {
      respond(response, FOREIGN_PAGE);
      return;
    }
    const startedMs = performance.now();
    const body = isSmall(request) ? await readBody(request) : undefined;
    const call = describeCall(
      {
        method: request.method ?? 'GET',
        url: request.url ?? '/',
        headers: request.headers,
        form: isForm(request) ? body?.toString('utf8') : undefined,
      },
      this.#accounts.accountOf,
    );
    // What starts and ends faults is out of their reach.
    const effects =
      call.service === 'fis' ? [] : this.#options.faults.hit(call);
    let answered = NO_ANSWER;
    try {
      answered = await this.#answer(call, effects, request, response, body);
    } finally {
      const kinds = effects.map(({ kind }) => kind);
      this.calls.add({
        at: new Date().toISOString(),
        account: call.account,
        region: call.region,
        service: call.service,
        operation: call.operation,
        status: answered.status,
        durationMs: Math.round(performance.now() - startedMs),
        faults: kinds,
      });
      this.#options.recorder?.add({
        call,
        method: request.method ?? 'GET',
        url: request.url ?? '/',
        requestHeaders: request.headers,
        requestBody: body,
        status: answered.status,
        responseHeaders: answered.headers,
        responseBody: answered.body,
        faults: kinds,
      });
    }
  }

  async #answer(
    call: DescribedCall,
    effects: FaultEffect[],
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer | undefined,
  ): Promise<Answered> {
    for (const effect of effects) {
      if (effect.kind === 'latency') {
        await delay(
          effect.delayMs + this.#options.faults.random() * effect.jitterMs,
        );
      } else if (effect.kind === 'throttle') {
        return respond(response, throttled(call));
      } else if (effect.kind === 'error') {
        return respond(response, internalError(call));
      } else if (effect.kind === 'dark') {
        return this.#goDark(effect.mode, call, response);
      }
    }
    const { services = {} } = this.#options;
    const answerOf = Object.hasOwn(services, call.service)
      ? services[call.service]
      : undefined;
    const own = answerOf?.(call, request, body ?? Buffer.alloc(0));
    if (own) {
      return respond(response, own);
    }
    return this.#forward(call, effects, request, response, body);
  }

  async #goDark(
    mode: 'drop' | 'hang' | 'unavailable',
    call: DescribedCall,
    response: ServerResponse,
  ): Promise<Answered> {
    if (mode === 'unavailable') {
      return respond(response, unavailable(call));
    }
    if (mode === 'hang') {
      await closed(response);
    }
    response.socket?.resetAndDestroy();
    return NO_ANSWER;
  }

  async #forward(
    call: DescribedCall,
    effects: FaultEffect[],
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer | undefined,
  ): Promise<Answered> {
    const readKey = isRead(call)
      ? [
          call.account,
          call.region,
          request.method,
          request.url,
          call.operation,
          body,
        ].join(' ')
      : undefined;
    if (readKey && effects.some(({ kind }) => kind === 'stale')) {
      const kept = this.#reads.get(readKey);
      if (kept) {
        response.writeHead(kept.status, kept.headers).end(kept.body);
        return kept;
      }
    }
    let answer: IncomingMessage;
    try {
      answer = await this.#upstream.send(request, body ?? request);
    } catch (error) {
      return respond(
        response,
        awsError(
          call.protocol,
          call.service,
          503,
          'ServiceUnavailable',
          `The sandbox's AWS emulator did not answer ${call.service} ${
            call.operation
          } (${(error as Error).message}). See script/sandbox status.`,
        ),
      );
    }
    if (effects.some(({ kind }) => kind === 'lose')) {
      await readBody(answer);
      response.socket?.resetAndDestroy();
      return NO_ANSWER;
    }
    const isAssumeRole = call.operation.startsWith('AssumeRole');
    const status = answer.statusCode ?? 502;
    const isRecorded = this.#options.recorder && !isStreamed(call, status);
    const collected =
      readKey || isAssumeRole || isRecorded
        ? collect(answer, isRecorded ? RECORDED_BYTES : KEPT_BYTES)
        : undefined;
    response.writeHead(status, answer.rawHeaders);
    answer.pipe(response);
    const ended = new Promise<boolean>((resolve, reject) => {
      answer.once('end', () => resolve(true));
      answer.once('error', reject);
    });
    // Who has gone does not read on, and neither do we: of such an answer we have not all.
    const isWhole = await Promise.race([
      ended,
      closed(response).then(() => false),
    ]);
    answer.destroy();
    const kept = isWhole && answer.complete ? collected?.() : undefined;
    const { headers } = answer;
    if (readKey && kept && kept.length <= KEPT_BYTES) {
      this.#reads.put(readKey, { status, headers, body: kept });
    }
    if (isAssumeRole && body && kept) {
      this.#accounts.learn(body.toString('utf8'), kept.toString('utf8'));
    }
    return { status, headers, body: kept };
  }
}
