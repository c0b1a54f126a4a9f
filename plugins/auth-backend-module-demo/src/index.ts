/**
 * Sign-in as a demonstration person, for development only.
 *
 * @packageDocumentation
 */
export { authModuleDemo as default } from './module';
