import { errorName } from '@slipway/plugin-infra-scaffolder-node';

/** CloudFormation tells that a stack or change set is missing only in words. */
export function isMissingStack(error: unknown): boolean {
  return (
    [
      'ValidationError',
      'ChangeSetNotFound',
      'ChangeSetNotFoundException',
    ].includes(errorName(error)) &&
    /does not exist/.test((error as Error).message)
  );
}

export function isAlreadyExists(error: unknown): boolean {
  return errorName(error) === 'AlreadyExistsException';
}
