import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { awsAccessServiceRef } from '@slipway/plugin-aws-node';
import { infraEnginesExtensionPoint } from '@slipway/plugin-infra-scaffolder-node';
import { readSettings } from './config';
import { sweepFolders } from './workspace/sweep';
import { TerraformEngine } from './TerraformEngine';

/**
 * Adds the engine `terraform` to the infra-scaffolder.
 * @public
 */
export const infraScaffolderModuleTerraform = createBackendModule({
  pluginId: 'infra-scaffolder',
  moduleId: 'terraform',
  register(env) {
    env.registerInit({
      deps: {
        aws: awsAccessServiceRef,
        config: coreServices.rootConfig,
        engines: infraEnginesExtensionPoint,
      },
      async init({ aws, config, engines }) {
        const settings = readSettings(config);
        await sweepFolders(settings.workingDirectory, new Date());
        engines.addEngine(TerraformEngine.create({ aws, settings }));
      },
    });
  },
});
