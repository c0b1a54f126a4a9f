/**
 * AWS accounts, credentials and client settings for back ends.
 *
 * @packageDocumentation
 */
export * from './types';
export { ConfiguredAwsAccess } from './ConfiguredAwsAccess';
export { stagingBucketOf } from './targets';
export { awsAccessServiceRef } from './service';
