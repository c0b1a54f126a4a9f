import type { JsonObject } from '@backstage/types';
import type { RunProblem } from '@slipway/plugin-runs-common';
import { NeedsAttentionError, StepFailedError } from '../errors';

const LOST_CODES = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'EPIPE',
  'ENETRESET',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
]);

const LOST_NAMES = new Set([
  'AbortError',
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'NetworkingError',
]);

const LOST_MESSAGES =
  /socket hang up|network socket disconnected|premature close|connection (was )?(closed|reset|terminated)|fetch failed/i;

/**
 * Whether an error leaves open if the call took effect: time-outs, broken connections, 5xx answers, in the shapes of
 * Node.js, `fetch` and the AWS SDK. A refused connection or an unknown host is an answer: nothing was sent.
 *
 * @public
 */
export function isLostAnswer(error: unknown): boolean {
  if (
    error instanceof StepFailedError ||
    error instanceof NeedsAttentionError
  ) {
    return false;
  }
  const shape = shapeOf(error);
  if (shape.status !== undefined) {
    return shape.status >= 500 || shape.status === 408;
  }
  return (
    shape.fault === 'server' ||
    LOST_CODES.has(shape.code ?? '') ||
    LOST_NAMES.has(shape.name ?? '') ||
    (shape.code !== 'ECONNREFUSED' &&
      shape.code !== 'ENOTFOUND' &&
      LOST_MESSAGES.test(shape.message) &&
      !isLostCauseAnAnswer(shape.cause))
  );
}

function isLostCauseAnAnswer(cause: unknown): boolean {
  const { code } = shapeOf(cause);
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND';
}

interface ErrorShape {
  name?: string;
  code?: string;
  message: string;
  status?: number;
  fault?: string;
  cause?: unknown;
}

function shapeOf(error: unknown): ErrorShape {
  if (typeof error !== 'object' || error === null) {
    return { message: String(error) };
  }
  const fields = error as Record<string, unknown>;
  const metadata = fields.$metadata as { httpStatusCode?: unknown } | undefined;
  const status = [
    metadata?.httpStatusCode,
    fields.statusCode,
    fields.status,
  ].find(candidate => typeof candidate === 'number' && candidate >= 100);
  const text = (value: unknown) =>
    typeof value === 'string' ? value : undefined;
  return {
    name: text(fields.name),
    code: text(fields.code),
    message: text(fields.message) ?? '',
    status: status as number | undefined,
    fault: text(fields.$fault),
    cause: fields.cause,
  };
}

/** What a person is told of an error that somebody threw. @public */
export function problemOf(
  error: unknown,
  fallbackCode: string,
  facts?: JsonObject,
): RunProblem {
  if (
    error instanceof StepFailedError ||
    error instanceof NeedsAttentionError
  ) {
    return error.problem;
  }
  const { name, message } = shapeOf(error);
  const named = name && name !== 'Error' ? `${name}: ` : '';
  return {
    code: fallbackCode,
    message: `${named}${message || 'no message was given'}`,
    ...(facts && { facts }),
  };
}
