import type { BackstageCredentials } from '@backstage/backend-plugin-api';

interface Principal {
  type?: string;
  userEntityRef?: string;
  actor?: unknown;
}

/**
 * Whether a person asks by themselves: neither a plugin, nor a plugin on behalf of a person, as agents come.
 */
export function isPersonAlone({ principal }: BackstageCredentials): boolean {
  const { type, userEntityRef, actor } = principal as Principal;
  return type === 'user' && userEntityRef !== undefined && actor === undefined;
}
