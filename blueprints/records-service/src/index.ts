/**
 * The system of document 002: one service over billions of records.
 *
 * @packageDocumentation
 */
export { recordsServiceModule as default } from './module';
export { recordsService } from './definition';
