import type { WorkerErrorCode } from './protocol';

/** A failure inside the worker that the back end can name to a person. */
export class WorkerError extends Error {
  readonly code: WorkerErrorCode;

  constructor(code: WorkerErrorCode, message: string) {
    super(message);
    this.name = 'WorkerError';
    this.code = code;
  }
}

/** Finds the code of an error, looking through its causes for a full disk first. */
export function toWorkerError(
  error: unknown,
  otherwise: WorkerErrorCode,
): WorkerError {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (
      /\bENOSPC\b/.test(
        `${(each as NodeJS.ErrnoException).code} ${each.message}`,
      )
    ) {
      return new WorkerError('cdk.disk-full', each.message);
    }
    if (each instanceof WorkerError) {
      return each;
    }
  }
  return new WorkerError(
    otherwise,
    error instanceof Error ? deepestMessage(error) : String(error),
  );
}

function deepestMessage(error: Error): string {
  return error.cause instanceof Error
    ? deepestMessage(error.cause)
    : error.message;
}
