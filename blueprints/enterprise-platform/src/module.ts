import {
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { enterprisePlatformManifests } from '@slipway/blueprint-manifests';
import { infraBlueprintsExtensionPoint } from '@slipway/plugin-infra-scaffolder-node';
import { enterprisePlatform } from './definition';

/**
 * Offers the blueprint `enterprise-platform`. The CDK code is loaded by the engine's worker process only.
 *
 * @public
 */
export const enterprisePlatformModule = createBackendModule({
  pluginId: 'infra-scaffolder',
  moduleId: 'blueprint-enterprise-platform',
  register(env) {
    env.registerInit({
      deps: { blueprints: infraBlueprintsExtensionPoint },
      async init({ blueprints }) {
        blueprints.addBlueprint({
          blueprint: enterprisePlatform,
          manifests: enterprisePlatformManifests,
          cdkModule: require.resolve(
            '@slipway/blueprint-enterprise-platform/cdk',
          ),
          terraformRoot: resolvePackagePath(
            '@slipway/blueprint-enterprise-platform',
            'terraform',
          ),
        });
      },
    });
  },
});
