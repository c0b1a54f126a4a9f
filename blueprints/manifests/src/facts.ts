import { ConflictError } from '@backstage/errors';
import type { ManifestInput } from '@slipway/plugin-infra-scaffolder-node';

/** An output without which there is nothing to render. @throws ConflictError that names it */
export function needed({ outputs }: ManifestInput, key: string): string {
  const value = outputs[key];
  if (!value) {
    throw new ConflictError(
      `The environment has no output ${key}. Its last apply must have ended well.`,
    );
  }
  return value;
}

/** Whether a size is meant for users, and not to try things. */
export function isProduction({ environment }: ManifestInput): boolean {
  return environment.size === 'prod' || environment.size === 'standby';
}

/** The annotation by which a service account gets a role. */
export function withRole(roleArn: string) {
  return {
    'eks.amazonaws.com/role-arn': roleArn,
    // Row 003-07: the token with which pods ask for credentials is made anew every 15 minutes.
    'eks.amazonaws.com/token-expiration': '900',
  };
}

/** Volumes are of it; clusters may have a class `gp3` of their own. */
export const STORAGE_CLASS = 'gp3-encrypted';

/** Where the systems' own pods run. */
export const APPLICATION = 'application';
export const OBSERVABILITY = 'observability';
