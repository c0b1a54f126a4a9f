import type { HealthCheckNow } from '../dns/SandboxDns';
import type { Darkness } from '../faults/darkness';
import type { Fault } from '../faults/types';
import type { LoggedCall } from '../gateway/CallLog';
import type { PartStatus } from '../supervisor/types';

/** What the emulator tells of itself. */
export interface EmulatorStatus {
  /** CloudFormation types that it makes; any other is refused. */
  resourceTypes: string[];
  /** AWS's services, by the names that clients use; FIS is the gateway's own. */
  services: { emulated: string[]; refused: string[] };
  /** Seconds that replicas are behind, by kind. */
  lag: Record<string, number>;
}

/** Everything the status command and page tell. */
export interface SandboxStatus extends EmulatorStatus {
  /** ISO 8601, UTC. */
  startedAt: string;
  dir: string;
  parts: PartStatus[];
  darkness: Darkness;
  faults: Fault[];
  healthChecks: Array<HealthCheckNow & { name: string }>;
  calls: { total: number; recent: LoggedCall[] };
}
