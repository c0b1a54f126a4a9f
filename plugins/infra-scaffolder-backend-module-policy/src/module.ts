import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { infraReviewExtensionPoint } from '@slipway/plugin-infra-scaffolder-node';
import { readSettings } from './config';
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
        const { checker, rules } = createChecker(readSettings(config));
        reviews.setPolicyChecker(checker);
        const names = new Set(rules.map(({ rule }) => rule));
        logger.info(`Plans are held to ${names.size} rules`);
      },
    });
  },
});
