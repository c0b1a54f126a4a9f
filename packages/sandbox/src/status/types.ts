import type { Fault } from '../faults/types';
import type { LoggedCall } from '../gateway/CallLog';
import type { PartStatus } from '../supervisor/types';

/** Everything the status command and page tell. */
export interface SandboxStatus {
  /** ISO 8601, UTC. */
  startedAt: string;
  dir: string;
  parts: PartStatus[];
  faults: Fault[];
  /** CloudFormation types that the emulator makes; any other is refused. */
  resourceTypes: string[];
  calls: { total: number; recent: LoggedCall[] };
}
