export { Sandbox } from './supervisor/Sandbox';
export type {
  Part,
  PartStatus,
  SandboxOptions,
  SandboxPorts,
} from './supervisor/types';
export { FREE_PORTS } from './supervisor/types';
export {
  askPrometheus,
  errorRatio,
  queryPrometheus,
  type QueriedSeries,
} from './prometheus/query';
export { type Story as SystemStory, storyOf } from './traffic/story';
export { BACKEND_NODE_FLAGS } from './supervisor/portal';
