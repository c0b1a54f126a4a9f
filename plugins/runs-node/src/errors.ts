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
