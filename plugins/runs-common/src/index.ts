/**
 * What a run looks like to browsers and back ends alike.
 *
 * @packageDocumentation
 */
export * from './types';
