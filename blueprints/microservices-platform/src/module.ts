import {
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { microservicesPlatformManifests } from '@slipway/blueprint-manifests';
import { infraBlueprintsExtensionPoint } from '@slipway/plugin-infra-scaffolder-node';
import { microservicesPlatform } from './definition';

/**
 * Offers the blueprint `microservices-platform`. The CDK code is loaded by the engine's worker process only.
 *
 * @public
 */
export const microservicesPlatformModule = createBackendModule({
  pluginId: 'infra-scaffolder',
  moduleId: 'blueprint-microservices-platform',
  register(env) {
    env.registerInit({
      deps: { blueprints: infraBlueprintsExtensionPoint },
      async init({ blueprints }) {
        blueprints.addBlueprint({
          blueprint: microservicesPlatform,
          manifests: microservicesPlatformManifests,
          cdkModule: require.resolve(
            '@slipway/blueprint-microservices-platform/cdk',
          ),
          terraformRoot: resolvePackagePath(
            '@slipway/blueprint-microservices-platform',
            'terraform',
          ),
        });
      },
    });
  },
});
