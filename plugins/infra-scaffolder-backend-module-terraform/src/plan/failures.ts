import { PLAN_STALE } from '@slipway/plugin-infra-scaffolder-common';
import { StepFailedError } from '@slipway/plugin-runs-node';
import type { Diagnostic } from '../binary/output';
import { pathOf } from '../describe/naming';

export function staleFailure(what: string): StepFailedError {
  return new StepFailedError({
    code: PLAN_STALE,
    message: `The environment has changed since the plan was made: ${what}. Nothing was changed.`,
    mend: 'Plan again and confirm what it shows now.',
  });
}

/** What Terraform says went wrong, with a code by its kind. */
export function diagnosticFailure(
  doing: string,
  diagnostics: Diagnostic[],
  stderr = '',
): StepFailedError {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) {
    return new StepFailedError(
      {
        code: 'terraform.failed',
        message: `Terraform could not ${doing}: ${
          stderr.replace(/[╷│╵]/g, ' ').replace(/\s+/g, ' ').trim() ||
          'it ended without a word'
        }`,
        mend: 'Retry the step.',
      },
      { retryable: true },
    );
  }
  const text = `${first.summary} ${first.detail}`;
  if (/Saved plan is stale|saved plan does not match/i.test(text)) {
    return staleFailure('its state has moved on');
  }
  const where = first.address ? ` (${pathOf(first.address)})` : '';
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : '';
  const failed = (code: string, mend: string, retryable = false) =>
    new StepFailedError(
      {
        code,
        message: `Terraform could not ${doing}${where}: ${sentence(
          first,
        )}${more}`,
        mend,
        facts: {
          errors: errors.map(
            error =>
              `${error.address ? `${pathOf(error.address)}: ` : ''}${sentence(
                error,
              )}`,
          ),
        },
      },
      { retryable },
    );
  if (/state lock/i.test(text)) {
    return failed(
      'terraform.state-locked',
      'Somebody else works on this state. Wait until they are done, then retry the step.',
      true,
    );
  }
  if (/ExpiredToken|RequestExpired|security token .* expired/i.test(text)) {
    return failed(
      'aws.credentials-expired',
      'Retry the step: it goes on with fresh credentials.',
      true,
    );
  }
  if (/InvalidClientTokenId|SignatureDoesNotMatch|AuthFailure/i.test(text)) {
    return failed(
      'aws.credentials-refused',
      'Check aws.accounts, aws.accountDefaults and aws.mainAccount in the configuration, then retry the step.',
    );
  }
  if (/AccessDenied|UnauthorizedOperation/.test(text)) {
    return failed(
      'aws.access-denied',
      'Allow it in the policy of the portal’s role, then retry the step.',
    );
  }
  if (/Throttl|RequestLimitExceeded|TooManyRequests|SlowDown/.test(text)) {
    return failed('aws.throttled', 'Retry the step in a minute.', true);
  }
  if (
    /connection refused|no such host|i\/o timeout|connection reset|EOF|StatusCode: 5\d\d/i.test(
      text,
    )
  ) {
    return failed(
      'aws.unreachable',
      'Check the AWS Health Dashboard and the network from the portal to AWS, then retry the step.',
      true,
    );
  }
  return failed(
    'terraform.failed',
    'Change what Terraform names, then retry the step or plan again.',
  );
}

function sentence({ summary, detail }: Diagnostic): string {
  return detail ? `${summary}: ${detail.replace(/\s+/g, ' ').trim()}` : summary;
}
