import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { infraReviewExtensionPoint } from '@slipway/plugin-infra-scaffolder-node';
import { readSettings } from './config';
import { warmUp } from './check/warmUp';
import { createChecker } from './createChecker';

/**
 * Holds plans of the infra-scaffolder to policies.
 * @public
 */
export const infraScaffolderModulePolicy = createBackendModule({
  pluginId: 'infra-scaffolder',
  moduleId: 'policy',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        reviews: infraReviewExtensionPoint,
      },
      async init({ config, logger, reviews }) {
        const checker = createChecker(readSettings(config));
        await warmUp(checker);
        reviews.setPolicyChecker(checker);
        const held = checker.rules().filter(({ effect }) => effect !== 'off');
        logger.info(`Plans are held to ${held.length} rules`);
      },
    });
  },
});
