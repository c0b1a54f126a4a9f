export { Sandbox } from './supervisor/Sandbox';
export type {
  Part,
  PartStatus,
  SandboxOptions,
  SandboxPorts,
} from './supervisor/types';
export { BACKEND_NODE_FLAGS } from './supervisor/portal';
