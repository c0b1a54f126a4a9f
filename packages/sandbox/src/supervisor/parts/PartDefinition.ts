import type { KubernetesWorld } from '../../kubernetes/KubernetesWorld';
import type { PostgresServer } from '../../postgres/PostgresServer';
import type { ProcessEnd } from '../../processes/GuardedProcess';
import type { PrometheusServer } from '../../prometheus/PrometheusServer';
import type { WorldPart } from '../../world/WorldPart';
import type { AwsWorld } from '../AwsWorld';
import type { Part, PartStatus, SandboxOptions, SandboxPorts } from '../types';

/** What parts leave for those that start after them, and for the users of the sandbox. */
export interface Services {
  postgres?: PostgresServer;
  aws?: AwsWorld;
  world?: WorldPart;
  prometheus?: PrometheusServer;
  kubernetes?: KubernetesWorld;
}

/** Something that runs and can be ended. */
export interface Stoppable {
  stop(): Promise<void>;
  /** Resolves when it has ended, whoever ended it. */
  ended?: Promise<ProcessEnd>;
}

/** The sandbox as one of its parts sees it. */
export interface PartContext {
  readonly options: SandboxOptions;
  /** Where state is kept. */
  readonly dir: string;
  readonly logDir: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Found free a moment ago. */
  readonly ports: SandboxPorts;
  readonly services: Services;
  /** What programs need to use the parts that are up by now. */
  environment(): Record<string, string>;
  parts(): PartStatus[];
  /** Lets programs know how to use this part. */
  provide(environment: Record<string, string>): void;
  /** Shows it in the status, and ends it with the sandbox. Its status may be changed; `changed` makes that known. */
  add(status: PartStatus, part: Stoppable): void;
  /** Writes down that a status has changed. */
  changed(): void;
  /** The part that was added as `starting` is ready. */
  markReady(status: PartStatus): void;
  /** Says one line to a person. */
  say(message: string): void;
}

/** How one part of the sandbox is started. */
export interface PartDefinition {
  /** Parts that are up before, those of them that are wanted at all. */
  needs(options: SandboxOptions): readonly Part[];
  /** Resolves when it is ready; what it added to the context by then is ended with the sandbox. */
  start(sandbox: PartContext): Promise<void>;
}
