/**
 * Says what an environment costs, by a dated price list kept as data.
 *
 * @packageDocumentation
 */
export { infraScaffolderModuleEstimate as default } from './module';
