import type { Environment } from '@slipway/plugin-infra-scaffolder-common';

/** What an environment's stack is called before its engine has said it. */
export const STACK_PREFIX = 'slipway-';

/** The name that all of an environment's resources carry, and by which others name it as their partner. */
export function stackNameOf({
  name,
  engineState,
}: Pick<Environment, 'name' | 'engineState'>): string {
  return typeof engineState.stackName === 'string'
    ? engineState.stackName
    : `${STACK_PREFIX}${name}`;
}
