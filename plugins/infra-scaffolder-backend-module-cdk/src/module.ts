import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { awsAccessServiceRef } from '@slipway/plugin-aws-node';
import { infraEnginesExtensionPoint } from '@slipway/plugin-infra-scaffolder-node';
import { ConfiguredGateways } from './aws/ConfiguredGateways';
import { CdkEngine } from './CdkEngine';
import { readSettings } from './config';
import { ForkedSynthesiser } from './synth/ForkedSynthesiser';

/**
 * Adds the engine `cdk` to the infra-scaffolder.
 * @public
 */
export const infraScaffolderModuleCdk = createBackendModule({
  pluginId: 'infra-scaffolder',
  moduleId: 'cdk',
  register(env) {
    env.registerInit({
      deps: {
        aws: awsAccessServiceRef,
        config: coreServices.rootConfig,
        engines: infraEnginesExtensionPoint,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
      },
      async init({ aws, config, engines, lifecycle, logger }) {
        const settings = readSettings(config);
        const synthesiser = ForkedSynthesiser.create({
          settings: settings.worker,
          logger,
        });
        engines.addEngine(
          CdkEngine.create({
            gateways: ConfiguredGateways.create(aws),
            synthesiser,
            settings: settings.watch,
          }),
        );
        if (settings.worker.prewarm) {
          lifecycle.addStartupHook(() => {
            synthesiser.warm();
          });
        }
        lifecycle.addShutdownHook(() => synthesiser.close());
      },
    });
  },
});
