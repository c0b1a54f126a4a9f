import {
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { highWorkloadManifests } from '@slipway/blueprint-manifests';
import { infraBlueprintsExtensionPoint } from '@slipway/plugin-infra-scaffolder-node';
import { highWorkload } from './definition';

/**
 * Offers the blueprint `high-workload`. The CDK code is loaded by the engine's worker process only.
 *
 * @public
 */
export const highWorkloadModule = createBackendModule({
  pluginId: 'infra-scaffolder',
  moduleId: 'blueprint-high-workload',
  register(env) {
    env.registerInit({
      deps: { blueprints: infraBlueprintsExtensionPoint },
      async init({ blueprints }) {
        blueprints.addBlueprint({
          blueprint: highWorkload,
          manifests: highWorkloadManifests,
          cdkModule: require.resolve('@slipway/blueprint-high-workload/cdk'),
          terraformRoot: resolvePackagePath(
            '@slipway/blueprint-high-workload',
            'terraform',
          ),
        });
      },
    });
  },
});
