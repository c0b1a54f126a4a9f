/**
 * Environments of the infra-scaffolder as catalog entities.
 *
 * @packageDocumentation
 */
export { catalogModuleInfra as default } from './module';
