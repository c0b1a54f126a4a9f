import type { RunProblem } from '@slipway/plugin-runs-common';

/** A step failed; `problem` says so to a person. @public */
export class StepFailedError extends Error {
  readonly problem: RunProblem;
  readonly retryable: boolean;

  constructor(
    problem: RunProblem,
    options?: { retryable?: boolean; cause?: unknown },
  ) {
    super(problem.message, { cause: options?.cause });
    this.name = 'StepFailedError';
    this.problem = problem;
    this.retryable = options?.retryable ?? false;
  }
}

/** A step cannot go on without a person; the run stops, still holding what it holds. @public */
export class NeedsAttentionError extends Error {
  readonly problem: RunProblem;

  constructor(problem: RunProblem) {
    super(problem.message);
    this.name = 'NeedsAttentionError';
    this.problem = problem;
  }
}

/**
 * - `paused`, `cancelled`: a person asked for it.
 * - `stopping`: this back end shuts down; another goes on with the step.
 * - `lease-lost`: another back end drives the run, or the database could not be reached in time.
 * - `timed-out`: the attempt took longer than the step's `timeoutSeconds`.
 *
 * @public
 */
export type StepAbortCause =
  | 'paused'
  | 'cancelled'
  | 'stopping'
  | 'lease-lost'
  | 'timed-out';

const abortMessages: Record<StepAbortCause, string> = {
  paused: 'The run is being paused',
  cancelled: 'The run is being cancelled',
  stopping: 'This back end is shutting down; another goes on with the run',
  'lease-lost': 'This back end no longer drives the run',
  'timed-out': 'The step took longer than it may',
};

/** The `reason` of {@link StepContext.signal} when it aborts, and what `sleep` and `call` then throw. @public */
export class StepAbortedError extends Error {
  readonly abortCause: StepAbortCause;

  constructor(abortCause: StepAbortCause) {
    super(abortMessages[abortCause]);
    this.name = 'StepAbortedError';
    this.abortCause = abortCause;
  }
}
