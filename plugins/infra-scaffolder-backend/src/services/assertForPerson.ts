import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';

/**
 * Requests are a person's: a program with a token of its own would ask as nobody, and whoever runs it could then approve
 * what they asked for themselves.
 *
 * @throws NotAllowedError where nobody stands behind the call.
 */
export function assertForPerson({ principal }: BackstageCredentials): void {
  if ((principal as { type?: string }).type !== 'user') {
    throw new NotAllowedError(
      'Plans are requested for a person. Sign in whatever asks as the person that it works for, not by a token of its own.',
    );
  }
}
