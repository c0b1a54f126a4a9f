export {
  countSettled,
  foldResources,
  keepUnchanged,
  resourceOfEvent,
  type ResourceProgress,
} from './resources';
export { foldRun } from './foldRun';
export { addEvents, startPicture, type RunPicture } from './picture';
export {
  healthOfResource,
  timelineOfResources,
  timelineOfSteps,
  type Timeline,
  type TimelineBar,
} from './timeline';
