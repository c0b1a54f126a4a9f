import { isError } from '@backstage/errors';
import type { SignInResolver } from '@backstage/plugin-auth-node';
import type { DemoPerson } from './authenticator';

const CATALOG_WAIT_MS = 20_000;
const CATALOG_POLL_MS = 500;

/**
 * Signs in as the User entity of the same name, with ownership through its groups. For some seconds after a first
 * start the catalog has not read its people yet: waits for them rather than sign in someone without groups.
 */
export const signInAsDemoPerson: SignInResolver<DemoPerson> = async (
  { result },
  ctx,
) => {
  const giveUpAt = Date.now() + CATALOG_WAIT_MS;
  for (;;) {
    try {
      return await ctx.signInWithCatalogUser({
        entityRef: { kind: 'User', namespace: 'default', name: result.name },
      });
    } catch (error) {
      const missing = isError(error) && error.name === 'NotFoundError';
      if (!missing || Date.now() >= giveUpAt) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, CATALOG_POLL_MS));
    }
  }
};
