import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { infraServiceRef } from '@slipway/plugin-infra-scaffolder-node';
import { createRequestEnvironmentAction } from './requestEnvironment';

/**
 * Scaffolder actions that are thin over the infra-scaffolder.
 * @public
 */
export const scaffolderModuleInfra = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'infra',
  register(env) {
    env.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        infra: infraServiceRef,
      },
      async init({ scaffolder, infra }) {
        scaffolder.addActions(createRequestEnvironmentAction({ infra }));
      },
    });
  },
});
