import { isError } from '@backstage/errors';
import { StepFailedError } from '@slipway/plugin-runs-node';
import { errorName, isThrottled, isUnreachable } from './errors';

/** Where a failed request was meant to go. @public */
export interface FailedAt {
  accountId: string;
  region: string;
  /** What was being done, e.g. `reading the stack slipway-shop-dev`. */
  doing: string;
}

/**
 * What an error of AWS means to a person: what happened, to what, and the way on. Errors that say so already, and those
 * that are not AWS's, are handed back as they are. AWS's message is repeated only where it holds no credential.
 *
 * @public
 */
export function toStepFailure(error: unknown, at: FailedAt): unknown {
  if (!isError(error) || error instanceof StepFailedError) {
    return error;
  }
  const place = `account ${at.accountId}, ${at.region}`;
  const failed = (
    code: string,
    message: string,
    mend: string,
    retryable = false,
  ) =>
    new StepFailedError({ code, message, mend }, { retryable, cause: error });
  const name = errorName(error);

  if (isThrottled(error)) {
    return failed(
      'aws.throttled',
      `AWS limits our requests (${place}) while ${at.doing}.`,
      'Retry the step in a minute; if it goes on, ask for a higher request quota of CloudFormation.',
      true,
    );
  }
  if (/^Expired|^RequestExpired|^TokenRefreshRequired/.test(name)) {
    return failed(
      'aws.credentials-expired',
      `The portal's AWS credentials have expired (${place}), noticed while ${at.doing}.`,
      'Renew what aws.accounts or aws.mainAccount refers to, then retry the step.',
      true,
    );
  }
  if (
    /^(CredentialsProviderError|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AuthFailure|InvalidAccessKeyId)/.test(
      name,
    )
  ) {
    return failed(
      'aws.credentials-refused',
      `AWS does not accept the portal's credentials (${place}), noticed while ${at.doing}.`,
      'Check aws.accounts, aws.accountDefaults and aws.mainAccount in the configuration, then retry the step.',
    );
  }
  if (/AccessDenied|UnauthorizedOperation|^Forbidden/.test(name)) {
    return failed(
      'aws.access-denied',
      `The portal's role may not do this (${place}): ${error.message}`,
      `Allow it in the role's policy in account ${at.accountId}, then retry the step.`,
    );
  }
  if (isUnreachable(error)) {
    return failed(
      'aws.unreachable',
      `AWS does not answer (${place}) while ${at.doing}.`,
      'Check the AWS Health Dashboard and the network from the portal to AWS, then retry the step.',
      true,
    );
  }
  if (/LimitExceeded|QuotaExceeded/.test(name)) {
    return failed(
      'aws.quota-exceeded',
      `A quota of the account is used up (${place}): ${error.message}`,
      'Ask AWS for a higher quota or remove what is no longer needed, then retry the step.',
    );
  }
  if (name === 'InputError') {
    return failed(
      'aws.target-not-configured',
      error.message,
      'An administrator adds it to aws.targets in the configuration.',
    );
  }
  if ('$fault' in error) {
    return failed(
      'aws.refused',
      `AWS refused while ${at.doing} (${place}): ${error.message}`,
      'Change what AWS names and plan again.',
    );
  }
  return error;
}
