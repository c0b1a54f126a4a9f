import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import type { DescribedCall } from './describeCall';

/** A call as it crossed the gateway. */
interface CrossedCall {
  call: DescribedCall;
  method: string;
  url: string;
  requestHeaders: IncomingHttpHeaders;
  /** Undefined when it was streamed. */
  requestBody?: Buffer;
  /** 0 when the caller got no answer. */
  status: number;
  responseHeaders: IncomingHttpHeaders;
  /** Undefined when it was streamed or longer than {@link RECORDED_BYTES}. */
  responseBody?: Buffer;
  /** Kinds of the faults that hit it. */
  faults: string[];
}

/** Longer bodies are left out. */
export const RECORDED_BYTES = 4 * 1024 * 1024;

const SECRET_HEADERS =
  /^(authorization|proxy-authorization|cookie|x-amz-security-token|x-amz-(copy-source-)?server-side-encryption-customer-key)$/;
const SECRET_QUERY =
  /([?&]X-Amz-(?:Signature|Security-Token|Credential)=)[^&]*/gi;

const STREAMED = /^(GetObject|PutObject|UploadPart|SelectObjectContent)$/;

/** Whether the bodies of a call are a caller's data, not documents of the service; a refusal always is one. */
export function isStreamed(call: DescribedCall, status: number): boolean {
  return call.service === 's3' && STREAMED.test(call.operation) && status < 300;
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !SECRET_HEADERS.test(name))
      .map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(',') : value ?? '',
      ]),
  );
}

/**
 * Writes whole calls, bodies included, into a file of JSON lines that only its owner can read. For tests, which hold
 * them against AWS's models and delete them. What a caller signs with is never among them; passwords and keys in a body
 * are those that the tests and the emulator made up.
 */
export class CallRecorder {
  readonly #stream: WriteStream;
  #isClosed = false;

  /** @param folder - where the file is made, under a name that no other recorder takes */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#stream = createWriteStream(
      path.join(folder, `${randomUUID()}.jsonl`),
      { flags: 'ax', mode: 0o600 },
    );
  }

  add(crossed: CrossedCall): void {
    if (this.#isClosed) {
      return;
    }
    const { call, requestBody, responseBody } = crossed;
    const line = {
      at: new Date().toISOString(),
      method: crossed.method,
      url: crossed.url.replace(SECRET_QUERY, '$1'),
      service: call.service,
      region: call.region,
      operation: call.operation,
      protocol: call.protocol,
      faults: crossed.faults,
      requestHeaders: flat(crossed.requestHeaders),
      requestBody: isStreamed(call, 0)
        ? undefined
        : requestBody?.toString('base64'),
      status: crossed.status,
      responseHeaders: flat(crossed.responseHeaders),
      responseBody: isStreamed(call, crossed.status)
        ? undefined
        : responseBody?.toString('base64'),
    };
    this.#stream.write(`${JSON.stringify(line)}\n`);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await new Promise<void>(resolve => this.#stream.end(resolve));
  }
}
