/**
 * Policies as code for plans of the infra-scaffolder, by Cedar.
 *
 * @packageDocumentation
 */
export { infraScaffolderModulePolicy as default } from './module';
