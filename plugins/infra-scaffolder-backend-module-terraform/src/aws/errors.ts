import { isError } from '@backstage/errors';

/** The SDK's name of an error, e.g. `NoSuchKey`; empty for what is no error. */
export function errorName(error: unknown): string {
  return isError(error) ? error.name : '';
}

export function isMissingObject(error: unknown): boolean {
  return ['NoSuchKey', 'NoSuchBucket', 'NotFound'].includes(errorName(error));
}
