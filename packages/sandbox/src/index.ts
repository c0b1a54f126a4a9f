export { Sandbox } from './supervisor/Sandbox';
export type {
  Part,
  PartStatus,
  SandboxOptions,
  SandboxPorts,
} from './supervisor/types';
