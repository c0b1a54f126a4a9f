/**
 * Durable runs on PostgreSQL, for the back ends of plugins.
 *
 * @packageDocumentation
 */
export * from './types';
export * from './errors';
