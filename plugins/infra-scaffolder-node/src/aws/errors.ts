import { isError } from '@backstage/errors';

/** The SDK's name of an error, e.g. `AlreadyExistsException`; empty for what is no error. @public */
export function errorName(error: unknown): string {
  return isError(error) ? error.name : '';
}

/** AWS limits our requests. @public */
export function isThrottled(error: unknown): boolean {
  return (
    /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(
      errorName(error),
    ) || statusCode(error) === 429
  );
}

const NETWORK_TROUBLE =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|TimeoutError|socket hang up/;

/** AWS gave no answer, or one that says it cannot now. @public */
export function isUnreachable(error: unknown): boolean {
  const status = statusCode(error);
  if (status !== undefined) {
    return status >= 500;
  }
  return (
    isError(error) &&
    (NETWORK_TROUBLE.test(
      `${(error as NodeJS.ErrnoException).code} ${error.name} ${error.message}`,
    ) ||
      isUnreachable(error.cause))
  );
}

function statusCode(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)
    ?.$metadata?.httpStatusCode;
}
