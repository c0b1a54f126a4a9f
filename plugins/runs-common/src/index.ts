/**
 * What a run looks like to browsers and back ends alike.
 *
 * @packageDocumentation
 */
export * from './types';
export * from './events';
export * from './states';
