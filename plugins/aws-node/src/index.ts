/**
 * AWS accounts, credentials and client settings for back ends.
 *
 * @packageDocumentation
 */
export * from './types';
