import { isError } from '@backstage/errors';
import { StepFailedError } from '@slipway/plugin-runs-node';
import type { WorkerErrorCode } from '../worker/protocol';

/** Why a worker process is no more. */
export interface WorkerEnd {
  reason: 'crashed' | 'out-of-memory' | 'timed-out' | 'aborted' | 'closed';
  /** Exit code, signal or limit. */
  detail?: string;
  /** The last it wrote; for the log, not for people. */
  stderr?: string;
}

/** The worker process ended before it answered. */
export class WorkerEndedError extends Error {
  readonly end: WorkerEnd;

  constructor(end: WorkerEnd) {
    super(`The CDK worker ended: ${end.reason} ${end.detail ?? ''}`.trim());
    this.name = 'WorkerEndedError';
    this.end = end;
  }
}

const WORKER_FAILURES: Record<
  WorkerErrorCode,
  { happened: string; mend: string; retryable: boolean }
> = {
  'cdk.blueprint-unloadable': {
    happened: 'The blueprint cannot be loaded',
    mend: 'Whoever runs the portal installs the package of the blueprint; then plan again.',
    retryable: false,
  },
  'cdk.synth-failed': {
    happened: 'The blueprint cannot be built with these parameters',
    mend: 'Change the parameters that the message names; if it names none, the blueprint has a fault: tell its owners.',
    retryable: false,
  },
  'cdk.diff-failed': {
    happened: 'The templates cannot be compared',
    mend: 'Plan again; if it goes on, tell the owners of the blueprint.',
    retryable: false,
  },
  'cdk.disk-full': {
    happened: "The disk of the CDK worker's folder is full",
    mend: 'Make room in infraScaffolder.cdk.workingDirectory on the machine of the back end, then retry the step.',
    retryable: true,
  },
};

/** Says to a person why a request to the worker failed. An aborted one stays an abort. */
export function toSynthFailure(
  error: unknown,
  limits: { heapMegabytes: number },
): unknown {
  if (error instanceof WorkerEndedError) {
    return endedFailure(error, limits);
  }
  if (!isError(error)) {
    return error;
  }
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (/^(ENOENT|EACCES|EROFS|ENOTDIR)$/.test(code)) {
    return new StepFailedError(
      {
        code: 'cdk.folder-unusable',
        message: `The CDK worker's folder cannot be written: ${error.message}`,
        mend: 'Make infraScaffolder.cdk.workingDirectory a folder that the back end may write to, then retry the step.',
      },
      { retryable: true, cause: error },
    );
  }
  const known = isWorkerErrorCode(code)
    ? code
    : code === 'ENOSPC' && 'cdk.disk-full';
  if (!known) {
    return error;
  }
  const { happened, mend, retryable } = WORKER_FAILURES[known];
  return new StepFailedError(
    { code: known, message: `${happened}: ${error.message}`, mend },
    { retryable, cause: error },
  );
}

function endedFailure(
  error: WorkerEndedError,
  { heapMegabytes }: { heapMegabytes: number },
): unknown {
  const { reason, detail } = error.end;
  const failed = (code: string, message: string, mend: string) =>
    new StepFailedError(
      { code, message, mend },
      { retryable: true, cause: error },
    );
  switch (reason) {
    case 'out-of-memory':
      return failed(
        'cdk.worker-out-of-memory',
        `Building the blueprint needed more than the ${heapMegabytes} MB that the CDK worker may use. Nothing was changed.`,
        'Raise infraScaffolder.cdk.heapMegabytes, or make the blueprint smaller, then retry the step.',
      );
    case 'timed-out':
      return failed(
        'cdk.worker-timed-out',
        `Building the blueprint took longer than ${detail} and was ended. Nothing was changed.`,
        'Retry the step; if it goes on, raise infraScaffolder.cdk.synthTimeoutSeconds or look for an endless loop in the blueprint.',
      );
    case 'crashed':
      return failed(
        'cdk.worker-crashed',
        `The process that builds the blueprint ended unexpectedly (${detail}). Nothing was changed.`,
        'Retry the step; if it goes on, look in the back end\'s log for "CDK worker".',
      );
    default:
      return Object.assign(
        new Error('The request to the CDK worker was given up', {
          cause: error,
        }),
        { name: 'AbortError' },
      );
  }
}

function isWorkerErrorCode(code: string): code is WorkerErrorCode {
  return code in WORKER_FAILURES;
}
