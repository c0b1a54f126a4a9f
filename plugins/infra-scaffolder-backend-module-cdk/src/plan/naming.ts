import type { Environment } from '@slipway/plugin-infra-scaffolder-common';

/** Tag that says which environment a stack belongs to. */
export const ENVIRONMENT_ID_TAG = 'slipway:environment-id';

export function stackNameOf(environment: Pick<Environment, 'name'>): string {
  return `slipway-${environment.name}`;
}

/** On the stack, and through it on every resource that takes tags. */
export function tagsOf(environment: Environment): Record<string, string> {
  return {
    'slipway:environment': environment.name,
    [ENVIRONMENT_ID_TAG]: environment.id,
    'slipway:owner': environment.owner,
    'slipway:system': environment.system,
    'slipway:size': environment.size,
    'slipway:cost-center': environment.owner,
    'slipway:managed-by': 'slipway',
  };
}
