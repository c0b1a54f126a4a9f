import { errorName } from '@slipway/plugin-infra-scaffolder-node';

export function isMissingObject(error: unknown): boolean {
  return ['NoSuchKey', 'NoSuchBucket', 'NotFound'].includes(errorName(error));
}
