import type { CheckContext, OnboardingCheck, Verdict } from '../types';

const DENIED =
  /AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized/;

/** The HTTP status of an answer of AWS; undefined where it did not answer. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata
    ?.httpStatusCode;
}

function nameOf(error: unknown): string {
  return (error as Error).name;
}

export function isDenied(error: unknown): boolean {
  return DENIED.test(nameOf(error)) || statusOf(error) === 403;
}

/** What it means that AWS did not answer what a check asked. */
export function verdictOfError(
  error: unknown,
  { action, isNeeded }: Pick<OnboardingCheck, 'action' | 'isNeeded'>,
  { target, region }: Pick<CheckContext, 'target' | 'region'>,
): Verdict {
  const place = `account ${target.accountId}, ${region}`;
  if (isDenied(error)) {
    return {
      state: isNeeded ? 'failed' : 'unknown',
      found: `The portal’s role may not ${action} in ${place}.`,
      mend: `Allow ${action} to the portal’s role in account ${target.accountId}.`,
    };
  }
  if (statusOf(error) === undefined) {
    return {
      state: 'unknown',
      found: `AWS did not answer ${action} in ${place}: ${
        (error as Error).message
      }`,
      mend: 'Look whether the portal reaches the service’s address, then check again.',
    };
  }
  return {
    state: 'unknown',
    found: `AWS answered ${action} in ${place} with ${nameOf(error)}: ${
      (error as Error).message
    }`,
  };
}
