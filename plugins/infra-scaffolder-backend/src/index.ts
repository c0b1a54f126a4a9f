/**
 * Back end of the infra-scaffolder: environments, their plans and runs.
 *
 * @packageDocumentation
 */
export { infraScaffolderPlugin as default } from './plugin';
