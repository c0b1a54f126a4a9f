/**
 * What the forms of several blueprints ask, as schemas. Imports no CDK.
 *
 * @packageDocumentation
 */
export * from './versions';
export * from './cluster';
export * from './nodes';
export * from './aurora';
export * from './cache';
export * from './edge';
export * from './regions';
export * from './surroundings';
export * from './outputs';
export * from './postgres';
export * from './kafka';
export * from './fates';
