import type { Config } from '@backstage/config';
import { NotAllowedError } from '@backstage/errors';

/**
 * Keeps the sign-in without password out of production.
 *
 * @throws NotAllowedError where `NODE_ENV` or `auth.environment` says production.
 */
export function assertDevelopmentOnly(
  config: Config,
  env: { NODE_ENV?: string },
): void {
  const reasons = [
    env.NODE_ENV === 'production' && 'NODE_ENV is production',
    config.getOptionalString('auth.environment') === 'production' &&
      'auth.environment is production',
  ].filter(Boolean);
  if (reasons.length === 0) {
    return;
  }
  throw new NotAllowedError(
    `The back end does not start: auth.providers.demo lets anyone sign in without a password, and ${reasons.join(
      ' and ',
    )}. Set auth.providers.demo to null, and configure a real sign-in such as auth.providers.oidc.`,
  );
}
