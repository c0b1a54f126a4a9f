export * from './model';
export {
  useRunStream,
  type RunConnection,
  type RunSource,
  type RunStream,
} from './useRunStream';
export { RunView, type RunViewProps } from './components/RunView';
export { RunControls } from './components/RunControls';
export { ResourceTable } from './components/ResourceTable';
export { EventsList } from './components/EventsList';
export { StepTree, type StepTreeProps } from './components/StepTree';
export { TimelineChart } from './components/TimelineChart';
export { ConnectionNotice } from './components/ConnectionNotice';
