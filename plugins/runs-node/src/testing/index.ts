/**
 * Kills run engines in the middle of things, to show that what runs on them survives it.
 *
 * @packageDocumentation
 */
export {
  crashAtEveryBoundary,
  type CrashReport,
  type CrashScenario,
} from './crashAtEveryBoundary';
export { settled, type SettledOptions } from './settled';
