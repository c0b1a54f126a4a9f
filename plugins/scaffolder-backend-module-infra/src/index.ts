/**
 * Scaffolder actions of the infra-scaffolder.
 *
 * @packageDocumentation
 */
export { scaffolderModuleInfra as default } from './module';
