import { InputError } from '@backstage/errors';
import type { RequestIssue } from '@slipway/plugin-infra-scaffolder-common';

/** A request that cannot be taken as it is; `issues` reaches the client in the error's body. */
export class RequestIssuesError extends InputError {
  readonly issues: RequestIssue[];

  constructor(issues: RequestIssue[]) {
    super(
      issues
        .map(issue =>
          issue.path ? `${issue.path}: ${issue.message}` : issue.message,
        )
        .join(' '),
    );
    this.name = 'InputError';
    this.issues = issues;
  }
}
