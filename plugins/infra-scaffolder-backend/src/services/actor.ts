import type { BackstageCredentials } from '@backstage/backend-plugin-api';

interface Principal {
  type?: string;
  userEntityRef?: string;
  subject?: string;
}

/** Who stands behind a request: a person's entity reference, or a plugin's subject such as `plugin:dr-console`. */
export function actorOf(credentials: BackstageCredentials): string {
  const principal = credentials.principal as Principal;
  return principal.userEntityRef ?? principal.subject ?? 'unknown';
}
