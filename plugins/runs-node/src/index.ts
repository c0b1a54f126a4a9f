/**
 * Durable runs on PostgreSQL, for the back ends of plugins.
 *
 * @packageDocumentation
 */
export * from './types';
export * from './errors';
export { isLostAnswer, problemOf } from './engine/lostAnswers';
export {
  DatabaseRunEngine,
  type DatabaseRunEngineOptions,
} from './engine/DatabaseRunEngine';
export { CrashError, type RunProbe } from './engine/probe';
export type { RunClock } from './engine/RunClock';
export { migrateRuns } from './store/migrateRuns';
export { streamRunEvents } from './stream/streamRunEvents';
