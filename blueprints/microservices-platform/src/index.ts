/**
 * The system of document 004: a microservices platform on EKS and RDS.
 *
 * @packageDocumentation
 */
export { microservicesPlatformModule as default } from './module';
export { microservicesPlatform } from './definition';
