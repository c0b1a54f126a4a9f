import {
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { recordsServiceManifests } from '@slipway/blueprint-manifests';
import { infraBlueprintsExtensionPoint } from '@slipway/plugin-infra-scaffolder-node';
import { recordsService } from './definition';

/**
 * Offers the blueprint `records-service`. The CDK code is loaded by the engine's worker process only.
 *
 * @public
 */
export const recordsServiceModule = createBackendModule({
  pluginId: 'infra-scaffolder',
  moduleId: 'blueprint-records-service',
  register(env) {
    env.registerInit({
      deps: { blueprints: infraBlueprintsExtensionPoint },
      async init({ blueprints }) {
        blueprints.addBlueprint({
          blueprint: recordsService,
          manifests: recordsServiceManifests,
          cdkModule: require.resolve('@slipway/blueprint-records-service/cdk'),
          terraformRoot: resolvePackagePath(
            '@slipway/blueprint-records-service',
            'terraform',
          ),
        });
      },
    });
  },
});
