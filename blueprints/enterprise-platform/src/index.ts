/**
 * The system of document 003: an enterprise platform.
 *
 * @packageDocumentation
 */
export { enterprisePlatformModule as default } from './module';
export { enterprisePlatform } from './definition';
