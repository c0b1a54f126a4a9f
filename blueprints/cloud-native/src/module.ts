import {
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { cloudNativeManifests } from '@slipway/blueprint-manifests';
import { infraBlueprintsExtensionPoint } from '@slipway/plugin-infra-scaffolder-node';
import { cloudNative } from './definition';

/**
 * Offers the blueprint `cloud-native`. The CDK code is loaded by the engine's worker process only.
 *
 * @public
 */
export const cloudNativeModule = createBackendModule({
  pluginId: 'infra-scaffolder',
  moduleId: 'blueprint-cloud-native',
  register(env) {
    env.registerInit({
      deps: { blueprints: infraBlueprintsExtensionPoint },
      async init({ blueprints }) {
        blueprints.addBlueprint({
          blueprint: cloudNative,
          manifests: cloudNativeManifests,
          cdkModule: require.resolve('@slipway/blueprint-cloud-native/cdk'),
          terraformRoot: resolvePackagePath(
            '@slipway/blueprint-cloud-native',
            'terraform',
          ),
        });
      },
    });
  },
});
