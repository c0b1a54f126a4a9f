/**
 * What engines and blueprints implement to take part in the infra-scaffolder.
 *
 * @packageDocumentation
 */
export * from './engine';
export * from './extensions';
export * from './blueprintInput';
export * from './permissions';
export * from './InfraService';
export * from './review';
export { consoleUrl } from '@slipway/plugin-infra-scaffolder-common';
export * from './tags';
export * from './aws/Buckets';
export * from './aws/Databases';
export * from './aws/errors';
export * from './aws/toStepFailure';
