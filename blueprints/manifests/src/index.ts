/**
 * What is applied to the cluster of an environment: pure functions of its blueprint, parameters and outputs.
 *
 * @packageDocumentation
 */
export {
  cloudNativeManifests,
  enterprisePlatformManifests,
  highWorkloadManifests,
  microservicesPlatformManifests,
  recordsServiceManifests,
} from './systems';
