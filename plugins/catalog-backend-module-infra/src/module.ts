import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { infraServiceRef } from '@slipway/plugin-infra-scaffolder-node';
import { EnvironmentEntityProvider } from './EnvironmentEntityProvider';

/**
 * Brings environments into the catalog.
 * @public
 */
export const catalogModuleInfra = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'infra',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        infra: infraServiceRef,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, config, scheduler, ...services }) {
        catalog.addEntityProvider(
          EnvironmentEntityProvider.create({
            ...services,
            baseUrl: config.getString('app.baseUrl').replace(/\/+$/, ''),
            schedule: scheduler.createScheduledTaskRunner({
              frequency: { minutes: 3 },
              initialDelay: { seconds: 3 },
              timeout: { minutes: 1 },
            }),
          }),
        );
      },
    });
  },
});
