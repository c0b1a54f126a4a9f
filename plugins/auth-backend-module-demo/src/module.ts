import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { createDemoAuthenticator } from './authenticator';
import { assertDevelopmentOnly } from './guard';
import { hostnamesOf } from './hostnames';
import { signInAsDemoPerson } from './resolver';

/**
 * Adds the auth provider `demo` where `auth.providers.demo` is configured.
 *
 * @throws NotAllowedError at start, in production mode: see {@link assertDevelopmentOnly}.
 * @public
 */
export const authModuleDemo = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ providers, config, logger }) {
        if (!config.has('auth.providers.demo')) {
          return;
        }
        assertDevelopmentOnly(config, process.env);
        logger.warn(
          'Sign-in without a password is on (auth.providers.demo). Anyone who reaches this port can be any demonstration person.',
        );
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: createDemoAuthenticator(hostnamesOf(config)),
            signInResolver: signInAsDemoPerson,
          }),
        });
      },
    });
  },
});
