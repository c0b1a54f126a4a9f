import { randomUUID } from 'node:crypto';
import type { DescribedCall, Protocol } from './describeCall';

/** An answer of the gateway's own in the shape that the called service would give it. */
export interface OwnAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.from([0x79, 0, 0]);
  head.writeUInt16BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

function cborMap(fields: Record<string, string>): Buffer {
  const entries = Object.entries(fields);
  return Buffer.concat([
    Buffer.from([0xa0 + entries.length]),
    ...entries.flatMap(([key, value]) => [cborText(key), cborText(value)]),
  ]);
}

function escapeXml(text: string): string {
  return text.replace(
    /[<>&]/g,
    character => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' }[character]!),
  );
}

/** Builds an error; `message` is one sentence for the caller. */
export function awsError(
  protocol: Protocol,
  service: string,
  status: number,
  code: string,
  message: string,
): OwnAnswer {
  const requestId = randomUUID();
  const type = status < 500 ? 'Sender' : 'Receiver';
  const error = `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
  const answers: Record<Protocol, () => [string, string | Buffer]> = {
    json: () => [
      'application/x-amz-json-1.1',
      JSON.stringify({ __type: code, message }),
    ],
    'rest-json': () => ['application/json', JSON.stringify({ message })],
    cbor: () => ['application/cbor', cborMap({ __type: code, message })],
    query: () => [
      'text/xml',
      `<ErrorResponse><Error><Type>${type}</Type>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    ],
    ec2: () => [
      'text/xml',
      `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>${error}</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
    ],
    'rest-xml': () => [
      'application/xml',
      service === 's3'
        ? `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${error}<RequestId>${requestId}</RequestId></Error>`
        : `<ErrorResponse><Error><Type>${type}</Type>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    ],
  };
  const [contentType, text] = answers[protocol]();
  const body = Buffer.from(text);
  return {
    status,
    headers: {
      'content-type': contentType,
      'content-length': `${body.length}`,
      'x-amzn-requestid': requestId,
      'x-amz-request-id': requestId,
      ...(protocol === 'json' || protocol === 'rest-json'
        ? { 'x-amzn-errortype': code }
        : {}),
      ...(protocol === 'cbor' ? { 'smithy-protocol': 'rpc-v2-cbor' } : {}),
    },
    body,
  };
}

/** "Too many requests", as the called service words it. */
export function throttled(call: DescribedCall): OwnAnswer {
  const [status, code] = {
    json: [400, 'ThrottlingException'],
    'rest-json': [429, 'TooManyRequestsException'],
    cbor: [400, 'ThrottlingException'],
    query: [400, 'Throttling'],
    ec2: [503, 'RequestLimitExceeded'],
    'rest-xml': call.service === 's3' ? [503, 'SlowDown'] : [400, 'Throttling'],
  }[call.protocol] as [number, string];
  return awsError(call.protocol, call.service, status, code, 'Rate exceeded');
}

/** "Internal error", as the called service words it. */
export function internalError(call: DescribedCall): OwnAnswer {
  return awsError(
    call.protocol,
    call.service,
    500,
    call.protocol === 'rest-xml' ? 'InternalError' : 'InternalFailure',
    'An internal error occurred.',
  );
}

/** "Service unavailable", as a load balancer in front of the called service words it. */
export function unavailable(call: DescribedCall): OwnAnswer {
  return awsError(
    call.protocol,
    call.service,
    503,
    'ServiceUnavailable',
    'The service is unavailable.',
  );
}
