/**
 * The system of document 000: a system under heavy load.
 *
 * @packageDocumentation
 */
export { highWorkloadModule as default } from './module';
export { highWorkload } from './definition';
