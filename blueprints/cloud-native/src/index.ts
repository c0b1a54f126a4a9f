/**
 * The system of document 001: a cloud-native platform in two regions.
 *
 * @packageDocumentation
 */
export { cloudNativeModule as default } from './module';
export { cloudNative } from './definition';
