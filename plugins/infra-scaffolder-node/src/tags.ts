import type { Environment } from '@slipway/plugin-infra-scaffolder-common';

/** Tag that says which environment a resource belongs to. @public */
export const ENVIRONMENT_ID_TAG = 'slipway:environment-id';

/** Those of {@link environmentTags} by which costs are told apart. @public */
export const COST_TAGS = [
  'slipway:environment',
  'slipway:system',
  'slipway:owner',
  'slipway:cost-center',
];

/** Tags on every resource of an environment that takes tags, whichever engine makes it. @public */
export function environmentTags(
  environment: Pick<Environment, 'id' | 'name' | 'owner' | 'system' | 'size'>,
): Record<string, string> {
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
