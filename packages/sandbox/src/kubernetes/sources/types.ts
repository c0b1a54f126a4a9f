import type { GuardedProcess } from '../../processes/GuardedProcess';
import type { ClusterAddress } from '../client/ClusterAddress';
import type { ClusterRole, KubernetesObject } from '../content/types';

/** A process that belongs to a cluster. */
export interface ClusterProcess {
  name: string;
  running: GuardedProcess;
  logFile: string;
}

/** Clusters that a source has brought up. */
export interface Clusters {
  /** Where only one was named there is no standby. */
  addresses: Partial<Record<ClusterRole, ClusterAddress>>;
  isLocal: boolean;
  extras: KubernetesObject[];
  processes: ClusterProcess[];
  stop(): Promise<void>;
}

/** Somewhere that clusters can come from. */
export interface ClusterSource {
  /** One line for a person: what it is. */
  description: string;
  /** Brings the clusters up; may take minutes. */
  start(onProgress: (words: string) => void): Promise<Clusters>;
  /** Ends a start that is under way. */
  abort(): Promise<void>;
}
