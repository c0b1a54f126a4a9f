import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ConfiguredAwsAccess } from './ConfiguredAwsAccess';
import type { AwsAccess } from './types';

/**
 * The one way to AWS for every plugin: one set of credentials and connections for the whole back end.
 * @public
 */
export const awsAccessServiceRef = createServiceRef<AwsAccess>({
  id: 'slipway.aws-access',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) => ConfiguredAwsAccess.fromConfig(config),
    }),
});
