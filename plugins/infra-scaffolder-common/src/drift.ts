import type { JsonValue } from '@backstage/types';
import type { AttributeChange, Environment } from './types';

/** @public */
export const DRIFT_STATES = [
  'in_sync',
  'drifted',
  'unknown',
  'checking',
] as const;

/**
 * `in_sync`: everything that could be checked is as the last apply left it. `drifted`: something is not, and nothing
 * explains it. `unknown`: it was not checked since it was last changed, or the check failed. `checking`: a check is at
 * work.
 * @public
 */
export type DriftState = (typeof DRIFT_STATES)[number];

/** What a list shows of drift. @public */
export interface DriftSummary {
  state: DriftState;
  /** When it was last checked or became unknown. */
  at: string;
  /** How many resources drifted. */
  resources: number;
}

/** A call to AWS that changed something outside the portal, as CloudTrail recorded it. @public */
export interface DriftCall {
  known: true;
  /** Who called, e.g. `assumed-role/Operators/sam`. */
  actor: string;
  /** e.g. `ModifyDBInstance`. */
  call: string;
  /** e.g. `rds.amazonaws.com`. */
  service: string;
  at: string;
  /** Address or AWS service that it came from. */
  from?: string;
  eventId: string;
  /**
   * Why this call and no other: `names-it`: its parameters name the attribute; `only-call`: it is the only change of the
   * resource since it was in sync; `newest-call`: the newest of several.
   */
  because: 'names-it' | 'only-call' | 'newest-call';
}

/** Who changed something, or why that is not known. @public */
export type DriftCause = DriftCall | { known: false; reason: string };

/** An attribute that is no longer as it was applied: `before` is what was applied, `after` what is there. @public */
export interface DriftedAttribute extends AttributeChange {
  cause: DriftCause;
}

/** A resource that drifted, and nothing explains it. @public */
export interface DriftFinding {
  logicalId: string;
  /** CloudFormation's name of the type. */
  type: string;
  path: string;
  physicalId?: string;
  kind: 'changed' | 'deleted';
  /** Of one that was changed. */
  attributes: DriftedAttribute[];
  /** Of one that was deleted. */
  cause?: DriftCause;
  /** When a check first found it. */
  since: string;
}

/** A difference that is as it should be. @public */
export interface ExplainedDrift {
  logicalId: string;
  type: string;
  path: string;
  attribute: AttributeChange;
  /** One sentence. */
  reason: string;
}

/** A resource of which nobody can tell whether it drifted. @public */
export interface UncheckedResource {
  logicalId: string;
  type: string;
  path: string;
  physicalId?: string;
  reason: string;
}

/** What is known of the drift of one environment. @public */
export interface DriftReport {
  environmentId: string;
  state: DriftState;
  /** Why it is unknown; what a check at work is doing. */
  reason?: string;
  /** When the last check that came to an end began. */
  checkedAt?: string;
  findings: DriftFinding[];
  explained: ExplainedDrift[];
  unchecked: UncheckedResource[];
}

/** One check that has ended. @public */
export interface DriftDetection {
  id: string;
  startedAt: string;
  endedAt: string;
  /** Entity reference of who asked for it; absent where the schedule did. */
  actor?: string;
  state: 'in_sync' | 'drifted' | 'unknown';
  reason?: string;
  findings: DriftFinding[];
}

/** What accepting a drifted attribute would come to. @public */
export interface DriftAcceptance {
  logicalId: string;
  /** Path of the attribute within the resource. */
  attribute: string;
  /** The parameter that has this value; absent where none has, and `reason` says so. */
  parameter?: {
    name: string;
    title: string;
    before: JsonValue;
    after: JsonValue;
  };
  /** What else the parameter changes, as `path attribute`. */
  also: string[];
  reason?: string;
}

/** One drifted attribute, or one deleted resource, somewhere in the fleet. @public */
export interface DriftGroupMember {
  environment: Pick<Environment, 'id' | 'name' | 'owner'>;
  logicalId: string;
  type: string;
  path: string;
  kind: DriftFinding['kind'];
  attribute?: AttributeChange;
  cause: DriftCause;
  since: string;
}

/** Drift that came about in the same way. @public */
export interface DriftGroup {
  /** Same within one answer and between answers for as long as the group is about the same. */
  id: string;
  /** `call`: the same actor made the same call. `attribute`: the same attribute of the same type, by nobody knows whom. */
  kind: 'call' | 'attribute';
  /** Of a group by call. */
  call?: Pick<DriftCall, 'actor' | 'call' | 'service'>;
  /** Of a group by attribute: `AWS::RDS::DBInstance`, and the attribute or none where they were deleted. */
  type?: string;
  attribute?: string;
  /** First and last time that is known of them. */
  firstAt: string;
  lastAt: string;
  members: DriftGroupMember[];
}

/** Drift over all environments that a person may see. @public */
export interface FleetDrift {
  /** How many environments are in each state; `unchecked` were never checked. */
  counts: Record<DriftState | 'unchecked', number>;
  /** Largest first. */
  groups: DriftGroup[];
}

/**
 * The HTTP API of drift; each method says its route.
 * @public
 */
export interface DriftApi {
  /** GET /drift */
  fleetDrift(): Promise<FleetDrift>;
  /** GET /environments/:id/drift → DriftReport */
  getDrift(environmentId: string): Promise<DriftReport>;
  /** GET /environments/:id/drift/detections → { items }, newest first. */
  listDetections(environmentId: string): Promise<DriftDetection[]>;
  /** POST /environments/:id/drift/check → 202 DriftReport, `checking`. */
  checkDrift(environmentId: string): Promise<DriftReport>;
  /** GET /environments/:id/drift/acceptance → { items }: one for each drifted attribute; builds the blueprint to find out. */
  listAcceptance(environmentId: string): Promise<DriftAcceptance[]>;
  /** POST /environments/:id/drift/accept { attributes } → 202 { runId } of a change that takes the values over. */
  acceptDrift(
    environmentId: string,
    attributes: Array<{ logicalId: string; attribute: string }>,
  ): Promise<{ runId: string }>;
  /** POST /environments/:id/drift/revert → 202 { runId } of a change that puts everything back. */
  revertDrift(environmentId: string): Promise<{ runId: string }>;
}
